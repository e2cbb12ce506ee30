"""The page on paper: the article with its numbers, and behind it a numbered endnote for each statement."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from reportedly.export import words
from reportedly.schema import Reading
from tests.export.stories import EMPTY, MINISTER, READING

from .conftest import Opener
from .stories import STORIES, example


def printed(page: Page) -> str:
    """The words of all sheets, one space between them, ligatures and the like taken apart."""
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return unicodedata.normalize("NFKC", " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split()))


@pytest.mark.parametrize("reading", [READING, example()], ids=["plain", "example"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_numbered_endnotes(opened: Opener, reading: Reading, scheme: str) -> None:
    text = printed(opened(reading, scheme=scheme).page)
    story, _, endnotes = text.rpartition(" Statements ")
    assert reading.article.text.strip().splitlines()[-1] in story
    # A note begins with its number and the sign of an origin: ● for a source, ○ for nobody.
    numbered = re.findall(r"(\d+) [●○] (.*?)(?= \d+ [●○] |$)", endnotes)
    assert [int(number) for number, _ in numbered] == [item.n for item in reading.attributions]
    for (_, note), item in zip(numbered, reading.attributions, strict=True):
        for told in (words.name(item.speaker), words.role(item.speaker), *map(words.carrier, item.via)):
            assert told in note


@pytest.mark.parametrize("reading", STORIES.values(), ids=STORIES)
def test_notes_are_in_the_margin_on_a_screen_and_behind_the_article_on_paper(opened: Opener, reading: Reading) -> None:
    page = opened(reading).page
    margin, endnotes = page.locator(".row > .notes"), page.locator(".endnotes .note")
    assert margin.first.is_visible()
    assert not endnotes.first.is_visible()
    page.emulate_media(media="print")
    assert not margin.first.is_visible()
    assert endnotes.count() == len(reading.attributions)
    assert all(note.is_visible() for note in endnotes.all())


def test_nothing_is_lit_or_tinted_on_paper(opened: Opener) -> None:
    start, end = MINISTER.content[0]
    page = opened(READING, scheme="dark", at=f"s-{start}-{end}").page
    page.emulate_media(media="print", color_scheme="dark")
    colour = "all => [...new Set(all.map(one => getComputedStyle(one).backgroundColor))]"
    assert page.locator(".story mark, .number, .note").evaluate_all(colour) == ["rgba(0, 0, 0, 0)"]
    assert page.locator("body").evaluate_all(colour) == ["rgb(255, 255, 255)"]


def test_an_article_without_statements_has_no_endnotes(opened: Opener) -> None:
    text = printed(opened(EMPTY).page)
    assert "No statements found" in text
    assert "Nobody says anything here." in text
    assert "Statements" not in text
