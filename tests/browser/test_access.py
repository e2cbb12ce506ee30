"""The page for everybody: by keyboard alone, and as axe-core judges it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from reportedly.schema import Reading
from tests.export.stories import MINISTER, READING

from .conftest import NARROW, WIDE, Opener
from .stories import STORIES, example

FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect()
    return {
        label: one.getAttribute('aria-label') ?? one.textContent,
        ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        ringColour: style.outlineColor,
        seen: box.width > 0 && box.top >= 0 && box.bottom <= innerHeight,
    }
}"""


def tabbed(page: Page, times: int) -> list[dict[str, object]]:
    found = []
    for _ in range(times):
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUSED))
    return found


def test_tab_goes_through_numbers_and_notes_in_the_order_of_the_text(opened: Opener) -> None:
    page = opened(READING, size=(1280, 400)).page
    stops = tabbed(page, 11)
    assert [stop["label"] for stop in stops] == [
        "Statement 1",
        "Statement 1 in the text",
        "Statement 2",
        "Statement 2 in the text",
        "Statement 3",
        "Statement 4",
        "Statement 3 in the text",
        "Statement 4 in the text",
        "Statement 5, nobody named",
        "Statement 5 in the text",
        "https://news.example/harbour?a=1&b=2",
    ]
    assert all(stop["ring"] == 2 and stop["seen"] for stop in stops)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_lights_the_whole_statement(opened: Opener, scheme: str) -> None:
    page = opened(READING, scheme=scheme).page
    colour = "all => [...new Set(all.map(one => getComputedStyle(one).backgroundColor))]"
    plain = page.locator("mark.a1-1").evaluate_all(colour)
    tabbed(page, 1)
    (lit,) = page.locator("mark.a1-1").evaluate_all(colour)
    assert lit not in plain
    assert page.locator(".note.a1-1").evaluate_all(colour) != page.locator(".note.a1-2").evaluate_all(colour)


def test_enter_leads_to_the_note_and_back(opened: Opener) -> None:
    page = opened(READING, size=NARROW).page
    tabbed(page, 1)
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#note-a1-1"
    assert page.locator("#note-a1-1").evaluate("one => one.getBoundingClientRect().top") >= 0
    (stop,) = tabbed(page, 1)
    assert stop["label"] == "Statement 1 in the text"
    page.keyboard.press("Enter")
    start, end = MINISTER.content[0]
    assert page.evaluate("location.hash") == f"#s-{start}-{end}"
    assert page.evaluate(FOCUSED)["seen"]


def test_several_articles_have_a_list_that_leads_to_them(opened: Opener) -> None:
    page = opened(READING, example()).page
    tabbed(page, 2)
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#reading-2"
    assert 0 <= page.locator("#reading-2").evaluate("one => one.getBoundingClientRect().top") < WIDE[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("reading", STORIES.values(), ids=STORIES)
def test_axe_finds_nothing_grave(opened: Opener, reading: Reading, scheme: str) -> None:
    assert findings(opened(reading, scheme=scheme).page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_where_a_statement_is_lit_or_the_window_narrow(opened: Opener, scheme: str) -> None:
    start, end = MINISTER.content[0]
    assert findings(opened(READING, scheme=scheme, size=NARROW, at=f"s-{start}-{end}").page) == []
    assert findings(opened(READING, example(), scheme=scheme).page) == []


def findings(page: Page) -> list[str]:
    """What axe-core calls serious or critical, a line each: the rule and the element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
