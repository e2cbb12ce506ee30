"""How statements are cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportedly.export.cite import as_bibtex, as_csl, as_text
from reportedly.schema import Reading, article_id

from .stories import EMPTY, HOSTILE, MINISTER, NOBODY, OFFICIAL, READING

KEY = article_id(READING.article.text, READING.article.url)
ADDRESS = "http://127.0.0.1:8040/article/x/s/1-2"


def test_a_line_names_words_chain_and_place() -> None:
    start, end = OFFICIAL.content[0][0], OFFICIAL.content[-1][1]
    assert as_text(READING, OFFICIAL, ADDRESS) == (
        "“We will not retreat,” [...] “Not now.” (quoted) said by a senior official → Reuters (agency) → The Harbour "
        "Post; anonymous. In: “Harbour tax to rise, minister says”, The Harbour Post, Jo March, 2031-04-03. "
        f"https://news.example/harbour?a=1&b=2. Characters {start} to {end} of article {KEY}. {ADDRESS}"
    )


def test_conditions_and_hedges_are_never_left_out() -> None:
    assert "; condition “if parliament agreed”." in as_text(READING, MINISTER)
    assert "∅ nobody named" in as_text(READING, NOBODY)
    assert "hedge “is believed”" in as_csl(READING, NOBODY)["note"]


def test_bibtex_is_well_formed() -> None:
    lines = as_bibtex(READING, MINISTER, ADDRESS).splitlines()
    assert lines[0].startswith("@article{theharbourpost2031-")
    assert lines[-1] == "}"
    fields = dict(line.strip().rstrip(",").split(" = ", 1) for line in lines[1:-1])
    assert fields["author"] == "{{Jo March}}"
    assert fields["title"] == "{{Harbour tax to rise, minister says}}"
    assert (fields["year"], fields["month"]) == ("{2031}", "apr")
    assert fields["url"] == "{https://news.example/harbour?a=1&b=2}"
    assert KEY in fields["note"]


@pytest.mark.parametrize("title", ["50% of {x} & $y_z#", "a\\b~c^d", "}}, evil = {x"])
def test_bibtex_is_escaped(title: str) -> None:
    text = as_bibtex(replace(READING, article=replace(READING.article, title=title, url=None)), MINISTER)
    line = next(line for line in text.splitlines() if line.startswith("  title"))
    bare = line.replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")
    assert "evil = {" not in bare
    for character in "%&$#_":
        assert line.count(character) == line.count(f"\\{character}")


def test_csl_has_what_reference_managers_take() -> None:
    item = as_csl(
        replace(READING, article=replace(READING.article, retrieved="2031-05-06", byline="By Jo March")), MINISTER
    )
    assert item["type"] == "article-newspaper"
    assert item["author"] == [{"literal": "Jo March"}]
    assert item["issued"] == {"date-parts": [[2031, 4, 3]]}
    assert item["accessed"] == {"date-parts": [[2031, 5, 6]]}
    assert item["URL"] == "https://news.example/harbour?a=1&b=2"


@pytest.mark.parametrize("published", [None, "", "2031", "2031-13-40", "soon", "<s>"])
def test_a_date_that_is_none_is_left_out(published: str | None) -> None:
    reading = replace(READING, article=replace(READING.article, published=published))
    assert as_csl(reading, MINISTER).get("issued") in (None, {"date-parts": [[2031]]}, {"date-parts": [[2031, 40]]})
    assert "month" not in as_bibtex(reading, MINISTER)


def test_what_is_not_known_is_left_out() -> None:
    reading = Reading(EMPTY.article, (replace(MINISTER, content=((0, 6),), conditions=()),))
    item = as_csl(reading, reading.attributions[0], ADDRESS)
    assert {"author", "issued", "container-title"}.isdisjoint(item)
    assert item["URL"] == ADDRESS
    assert "this article" in as_text(reading, reading.attributions[0])


def test_hostile_text_stays_on_its_line() -> None:
    item = HOSTILE.attributions[0]
    for text in (as_text(HOSTILE, item), as_csl(HOSTILE, item)["note"], as_bibtex(HOSTILE, item)):
        assert "\x1b" not in text
        assert "\x00" not in text
        assert "\u202e" not in text
    assert "\n" not in as_text(HOSTILE, item)
    as_text(HOSTILE, item).encode("utf-8")
