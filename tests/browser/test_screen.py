"""The page on a screen: silent, its marks on the right words, wide and narrow, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from reportedly.export.marks import marks
from reportedly.export.words import harmless
from reportedly.schema import Attribution, Reading
from tests.export.stories import CRITICS, MINISTER, READING, REPORT

from .conftest import NARROW, Opener
from .stories import SCRIPTS, STORIES, example

every_story = pytest.mark.parametrize("reading", STORIES.values(), ids=STORIES)


def squeezed(text: str) -> str:
    return "".join(text.split())


def words(reading: Reading, item: Attribution) -> str:
    """All words of a statement's marks, each once and in order."""
    places = {at for mark in marks([item]) for at in range(*mark.span)}
    return squeezed(harmless("".join(reading.article.text[at] for at in sorted(places))))


def ground(element: Locator) -> str:
    return str(element.evaluate("element => getComputedStyle(element).backgroundColor"))


def grounds(elements: Locator) -> set[str]:
    return set(elements.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)"))


def overflowing(page: Page) -> list[str]:
    """What stands out of the window to the left or right."""
    return list(
        page.evaluate("""() => [...document.querySelectorAll('body *')].filter(one => {
            const box = one.getBoundingClientRect()
            return box.width && (box.right > innerWidth + 1 || box.left < -1)
        }).map(one => one.outerHTML.slice(0, 80))""")
    )


@every_story
def test_the_page_says_nothing_asks_for_nothing_and_runs_nothing(opened: Opener, reading: Reading) -> None:
    sheet = opened(reading)
    sheet.page.wait_for_timeout(100)  # an image that fails to load would fail by then
    assert sheet.said == []
    assert sheet.asked == [sheet.address]
    assert sheet.page.locator("script, img, b, [onclick], [onerror]").count() == 0
    assert sheet.page.title().endswith(": who said what")
    # The policy let its own style in: without it the notes would stand below.
    assert sheet.page.locator(".row").first.evaluate("row => getComputedStyle(row).display") == "grid"


@every_story
def test_marked_words_are_the_statements_own(opened: Opener, reading: Reading) -> None:
    page = opened(reading).page
    for place, item in enumerate(reading.attributions, 1):
        marked = page.locator(f"mark.a1-{place}")
        assert squeezed("".join(marked.all_text_contents())) == words(reading, item)
        assert all(marked.evaluate_all("all => all.map(one => one.getClientRects().length > 0)"))


@every_story
def test_what_is_copied_is_the_articles_text_without_our_numbers(opened: Opener, reading: Reading) -> None:
    page = opened(reading).page
    copied = page.locator(".story :is(h1, h2, p):not(.notes *)").evaluate_all(
        "all => all.map(one => { getSelection().selectAllChildren(one); return getSelection().toString() })"
    )
    assert squeezed("".join(copied)) == squeezed(harmless(reading.article.text))


@pytest.mark.parametrize(("place", "item"), [(1, MINISTER), (3, REPORT), (4, CRITICS)])
def test_a_permalink_shows_and_lights_its_words_and_note(opened: Opener, place: int, item: Attribution) -> None:
    start, end = item.content[0]
    page = opened(READING, size=(800, 200), at=f"s-{start}-{end}").page
    lit = ground(page.locator(f"#s-{start}-{end}"))
    assert grounds(page.locator(f"mark.a1-{place}")) == {lit}
    assert lit not in grounds(page.locator(f"mark:not(.a1-{place})"))
    assert lit not in grounds(opened(READING).page.locator("mark"))
    notes = page.locator(".story .note")
    assert [k for k in range(notes.count()) if ground(notes.nth(k)) != "rgba(0, 0, 0, 0)"] == [place - 1]
    box = page.locator(f"mark.content.a1-{place}").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 200


def test_pointing_at_a_note_lights_its_words(opened: Opener) -> None:
    page = opened(READING).page
    plain = grounds(page.locator("mark.a1-1"))
    page.locator(".story .note.a1-1").hover()
    (lit,) = grounds(page.locator("mark.a1-1"))
    assert lit not in plain | grounds(page.locator("mark:not(.a1-1)"))


def test_wide_a_note_stands_beside_its_paragraph(opened: Opener) -> None:
    page = opened(example()).page
    for row in page.locator(".row:has(.notes)").all():
        block, notes = row.locator("> :not(.notes)").first.bounding_box(), row.locator(".notes").bounding_box()
        assert block is not None
        assert notes is not None
        assert notes["x"] >= block["x"] + block["width"]
        assert abs(notes["y"] - block["y"]) < 24
    assert overflowing(page) == []


@every_story
@pytest.mark.parametrize("width", [NARROW[0], 320])
def test_narrow_a_note_stands_under_its_paragraph_and_nothing_sticks_out(
    opened: Opener, reading: Reading, width: int
) -> None:
    page = opened(reading, size=(width, 740)).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert overflowing(page) == []
    row = page.locator(".row:has(.notes)").first
    block, notes = row.locator("> :not(.notes)").first.bounding_box(), row.locator(".notes").bounding_box()
    assert block is not None
    assert notes is not None
    assert notes["y"] >= block["y"] + block["height"] - 8
    assert notes["x"] < width / 4


def test_dark_is_dark_and_keeps_the_marks(opened: Opener) -> None:
    light, dark = opened(READING).page, opened(READING, scheme="dark").page
    for page, is_dark in ((light, False), (dark, True)):
        paper, ink = page.locator("body").evaluate(
            "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
        )
        assert (brightness(paper) < brightness(ink)) == is_dark
        tints = grounds(page.locator("mark.content"))
        assert len(tints) == 2  # what is said, and what is said in it
        assert paper not in tints


def brightness(colour: str) -> int:
    return sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


def test_where_the_system_sets_the_colours_a_line_stands_for_the_tint(opened: Opener) -> None:
    page = opened(READING).page
    page.emulate_media(forced_colors="active")
    lines = page.locator("mark.content").evaluate_all("all => all.map(one => getComputedStyle(one).textDecorationLine)")
    assert set(lines) == {"underline"}


def test_each_paragraph_runs_in_its_own_direction(opened: Opener) -> None:
    page = opened(SCRIPTS).page
    blocks = page.locator(".story :is(h1, p):not(.notes *)")
    assert blocks.evaluate_all("all => all.map(one => getComputedStyle(one).direction)") == [
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "ltr",
    ]
    # A name that runs the other way does not carry the words after it along: the role stands to the right of it.
    name, role = page.locator(".story .note.a1-4 .origin bdi").all()
    left, right = name.bounding_box(), role.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] < right["x"]
