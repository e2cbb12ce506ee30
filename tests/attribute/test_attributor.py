"""The shipped model on invented reports: order, numbers, nesting, silence, and the same alone as in company."""

from dataclasses import replace
from itertools import pairwise

import pytest

from reportedly.attribute import Attributor
from reportedly.ingest import from_text
from reportedly.model import ModelFiles
from reportedly.schema import Article, Attribution, Block, Reading, Span, check_offsets

SAID = "Mayor Dalia Renholm said on Tuesday that the harbour would close for a week."
NESTED = "Union leader Oskar Brandt said that the dockers feared the cranes would fall."


@pytest.fixture(scope="module")
def attributor() -> Attributor:
    return Attributor(ModelFiles(), threads=1)


def attribute(attributor: Attributor, *articles: Article) -> list[tuple[Attribution, ...]]:
    return [found for found, _ in attributor.attribute(articles)]


def spans(found: tuple[Attribution, ...]) -> list[tuple[tuple[Span, ...], ...]]:
    return [(item.source, item.cue, item.content) for item in found]


def test_the_statements_of_a_report_in_the_order_of_the_text(attributor: Attributor, report: str) -> None:
    article = from_text(report)
    (found,) = attribute(attributor, article)
    assert len(found) >= 5
    assert [item.n for item in found] == list(range(1, len(found) + 1))
    assert all(a.content <= b.content for a, b in pairwise(found))
    assert all(item.content and item.quotation and 0 < item.confidence < 1 for item in found)
    check_offsets(Reading(article, found))


def test_quotation_kinds(attributor: Attributor, report: str) -> None:
    article = from_text(report)
    reading = Reading(article, attribute(attributor, article)[0])
    kinds = {item.quotation for item in reading.attributions if "no choice" in reading.quote(item)}
    assert kinds == {"direct"}
    assert {item.quotation for item in reading.attributions if "nine ships" in reading.quote(item)} == {"indirect"}


def test_what_is_inside_points_at_what_holds_it(attributor: Attributor) -> None:
    article = from_text(f"{SAID}\n\n{NESTED}")
    (found,) = attribute(attributor, article)
    by_number = {item.n: item for item in found}
    reading = Reading(article, found)
    inner = [item for item in found if item.inside is not None]
    assert any("feared" in reading.quote(item, "cue") for item in inner)
    for item in inner:
        holder = by_number[item.inside]
        assert all(any(a <= start and end <= b for a, b in holder.content) for start, end in item.content)
        assert holder.n < item.n


@pytest.mark.parametrize("kind", ["furniture", "credit", "byline"])
def test_silent_blocks_say_nothing(attributor: Attributor, kind: str) -> None:
    article = from_text(f"{SAID}\n\n{NESTED}")
    start = article.text.index(NESTED)
    silenced = replace(article, blocks=(article.blocks[0], Block(kind, (start, len(article.text)))))
    (found,) = attribute(attributor, silenced)
    assert [item.n for item in found] == list(range(1, len(found) + 1))
    assert found
    assert all(item.content[0][0] < start for item in found)
    assert spans(found) == [item for item in spans(attribute(attributor, article)[0]) if item[2][0][0] < start]


def test_an_article_says_the_same_alone_and_among_others(attributor: Attributor, report: str) -> None:
    articles = [from_text(text) for text in (report, SAID, "", f"{NESTED}\n\n" * 40, "No words of others here.")]
    together = attribute(attributor, *articles)
    for article, found in zip(articles, together, strict=True):
        assert spans(attribute(attributor, article)[0]) == spans(found)


def test_nothing_to_read(attributor: Attributor) -> None:
    assert attributor.attribute([]) == []
    assert attribute(attributor, from_text(""), from_text(" \n")) == [(), ()]
