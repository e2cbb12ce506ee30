"""The web application in a real Chromium: every page, with the keys alone, without scripts, dark, narrow, on paper."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from reportedly import Reader
from reportedly.export import words
from reportedly.web import Limits, Settings, create_app
from tests.browser.stories import SCRIPTS, example
from tests.conftest import REPORT
from tests.export.stories import EMPTY, HOSTILE, MINISTER, OFFICIAL, READING

from .conftest import NARROW, WIDE
from .pages import PAGES, article
from .test_access import FOCUSED, findings
from .test_screen import ground, overflowing

every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
# What a browser says of a page that the server calls missing or wrong is no fault of the page.
_EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (404|422)")

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Iterator[str]:
    """The address of an application that is served, as it would be to a reader."""
    settings = Settings(tmp_path_factory.mktemp("web") / "news.db", limits=Limits(rate=10_000, burst=10_000))
    app = create_app(settings)
    app.state.desk._reader = reader
    for reading in (READING, SCRIPTS, HOSTILE, EMPTY, example()):
        app.state.desk.library.add(reading)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    (port,) = {socket.getsockname()[1] for one in server.servers for socket in one.sockets}
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens a page: ``visit("/read", size=NARROW, scheme="dark", scripts=False)``.

    Whatever else a test asks, no page has said anything on the console or asked for anything elsewhere.
    """
    said: list[str] = []
    asked: list[str] = []
    with ExitStack() as contexts:

        def open_(path: str, size: tuple[int, int] = WIDE, scheme: str = "light", scripts: bool = True) -> Page:
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme=scheme,  # type: ignore[arg-type]
                reduced_motion="reduce",
                java_script_enabled=scripts,
            )
            contexts.callback(context.close)
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = _listening(context, said, asked)
            page.goto(site + path)
            return page

        yield open_
    assert [one for one in said if not _EXPECTED.search(one)] == []
    assert {re.sub(r"(?<=\d)/.*", "", address) for address in asked} <= {site}


def _listening(context: BrowserContext, said: list[str], asked: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.on("popup", lambda popup: said.append(f"popup: {popup.url}"))
    return page


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(visit: Visit, path: str, scheme: str) -> None:
    assert findings(visit(path, scheme=scheme)) == []


@every_page
@pytest.mark.parametrize("width", [NARROW[0], 320])
def test_narrow_nothing_sticks_out(visit: Visit, path: str, width: int) -> None:
    page = visit(path, size=(width, 740))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [one for one in overflowing(page) if 'class="skip"' not in one and 'class="unseen"' not in one] == []
    assert findings(page) == []


@every_page
def test_wide_nothing_sticks_out_and_there_is_one_heading(visit: Visit, path: str) -> None:
    page = visit(path)
    assert [one for one in overflowing(page) if 'class="skip"' not in one] == []
    assert page.locator("h1").count() == 1
    assert page.locator("[style], style, script:not([src]), img").count() == 0


@every_page
def test_dark_is_dark(visit: Visit, path: str) -> None:
    page = visit(path, scheme="dark")
    assert ground(page.locator("body")) == "rgb(22, 24, 28)"
    assert page.locator("body").evaluate("one => getComputedStyle(one).color") == "rgb(232, 230, 225)"


@every_page
def test_every_page_goes_on_paper(visit: Visit, path: str) -> None:
    page = visit(path, scheme="dark")
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) >= 1
    page.emulate_media(media="print")
    assert ground(page.locator("body")) == "rgb(255, 255, 255)"
    assert not page.locator(".masthead").is_visible()


@every_page
def test_by_keyboard_all_is_reached_and_seen(visit: Visit, path: str) -> None:
    page = visit(path.partition("#")[0])  # where an address leads to words, the keyboard begins there
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["label"] == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(6):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if page.evaluate("document.activeElement === document.body"):
            break
        assert stop["ring"] == 2
        assert stop["seen"]


def test_paper_has_numbered_endnotes(visit: Visit) -> None:
    pdf = PdfReader(io.BytesIO(visit(article(example())).pdf(format="A4")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    endnotes = text.rpartition(" Statements ")[2]
    numbered = [int(number) for number in re.findall(r"(?:^| )(\d+) [●○] ", endnotes)]
    assert numbered == [item.n for item in example().attributions]
    assert "This page as JSON" not in text


def lit(page: Page) -> set[str]:
    """The statements whose notes are lit."""
    notes = page.locator(".story .note").all()
    return {note.get_attribute("id") or "" for note in notes if ground(note) != "rgba(0, 0, 0, 0)"}


def test_pointing_at_a_statement_lights_it_alone_even_without_scripts(visit: Visit) -> None:
    page = visit(article(READING), scripts=False)
    page.locator("mark.a1-1").first.hover()
    assert ground(page.locator("#note-a1-1")) != "rgba(0, 0, 0, 0)"
    assert ground(page.locator("#note-a1-2")) == "rgba(0, 0, 0, 0)"


def test_a_permalink_lights_its_words_even_without_scripts(visit: Visit, site: str) -> None:
    start, end = MINISTER.content[0]
    page = visit(f"{article(READING)}/s/{start}-{end}", size=(800, 300), scripts=False)
    assert page.url == f"{site}{article(READING)}#s-{start}-{end}"
    assert ground(page.locator("#note-a1-1")) != "rgba(0, 0, 0, 0)"
    box = page.locator(f"#s-{start}-{end}").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300


def test_words_without_a_statement_are_marked_and_shown(visit: Visit) -> None:
    start = READING.article.text.index("ships will")
    page = visit(f"{article(READING)}/s/{start}-{start + 10}", size=(800, 300), scripts=False)
    assert page.url.endswith("#words")
    box = page.locator("#words").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300
    assert "".join(page.locator("mark.pointed").all_text_contents()) == "ships will"


def test_j_and_k_go_from_statement_to_statement(visit: Visit) -> None:
    page = visit(article(READING), size=(1280, 400))
    seen = []
    for key in "jjjkj":
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
        assert page.evaluate(FOCUSED)["seen"]
    assert seen == ["1", "2", "3", "2", "3"]
    assert lit(page) == {"note-a1-3"}
    for _ in range(9):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent.trim()") == "5∅"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_brackets_go_along_the_chain_and_light_its_evidence(visit: Visit) -> None:
    page = visit(article(READING))
    page.keyboard.press("j")
    page.keyboard.press("j")
    here = page.locator(".ladder > .here")
    told = []
    for key in ("]", "]", "]", "]", "[", "["):
        page.keyboard.press(key)
        told.append((here.inner_text().strip(), "".join(page.locator("mark .here").all_text_contents())))
    official, reuters, outlet = (
        ("a senior official (anonymous)", "a senior official"),
        "Reuters (agency)",
        "The Harbour Post",
    )
    assert told == [
        official,
        (reuters, "told Reuters"),
        (outlet, ""),
        (outlet, ""),
        (reuters, "told Reuters"),
        official,
    ]
    assert page.locator(".says").inner_text() == official[0]
    assert OFFICIAL.via


def test_c_copies_a_citation(visit: Visit) -> None:
    page = visit(article(READING))
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.locator(".says", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“that the harbour tax would rise if parliament agreed” (paraphrased) said by Ada Okonjo")
    assert "condition “if parliament agreed”" in copied


def test_the_list_of_keys_opens_and_closes(visit: Visit) -> None:
    page = visit(article(READING))
    page.keyboard.press("?")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    assert "copy the statement as a citation" in dialog.inner_text()
    assert findings(page) == []
    page.keyboard.press("j")
    assert page.locator(".note.lit").count() == 0
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("j")
    assert page.locator(".note.lit").count() == 1


def test_keys_typed_into_a_field_are_text(visit: Visit) -> None:
    page = visit("/read")
    page.locator("#text").focus()
    page.keyboard.type("jkc?/[]")
    assert page.locator("#text").input_value() == "jkc?/[]"
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_text_is_read_and_added_by_keyboard(visit: Visit, scripts: bool) -> None:
    page = visit("/read", scripts=scripts)
    page.locator("#text").focus()
    page.keyboard.insert_text(REPORT + f"\nScripts: {scripts}.\n")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/read/*/1")
    assert "Dalia Renholm" in page.locator(".note .name").all_inner_texts()
    page.get_by_role("button", name="Add it to the library").press("Enter")
    page.wait_for_url("**/article/*")
    assert page.title() == "Norwick harbour to close for a week, mayor says · Reportedly"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_files_are_added_in_the_background_with_progress(visit: Visit, tmp_path: Path, scripts: bool) -> None:
    names = []
    for number in range(3):
        names.append(tmp_path / f"report-{scripts}-{number}.txt")
        names[-1].write_text(f"{REPORT}\nScripts: {scripts}, {number}.\n", encoding="utf-8")
    page = visit("/read", scripts=scripts)
    page.locator("#files").set_input_files(names)
    page.get_by_role("button", name="Add to the library in the background").click()
    page.wait_for_url("**/jobs/*")
    page.locator("[data-shows=state]", has_text="done").wait_for(timeout=20_000)
    assert page.locator("[data-shows=added]").inner_text() == "3"
    assert page.locator(".entry").count() == 3
    if scripts:  # axe is one itself
        assert findings(page) == []


def test_files_can_be_dropped_anywhere(visit: Visit) -> None:
    page = visit("/read")
    page.evaluate("""() => {
        const brought = new DataTransfer()
        brought.items.add(new File(["Jo said that it rains."], "dropped.txt"))
        for (const kind of ["dragover", "drop"]) {
            const options = {dataTransfer: brought, bubbles: true, cancelable: true}
            document.querySelector("h1").dispatchEvent(new DragEvent(kind, options))
        }
    }""")
    assert page.locator("#files").evaluate("one => [...one.files].map(file => file.name)") == ["dropped.txt"]
    page.get_by_role("button", name="Read", exact=True).click()
    page.wait_for_url("**/read/*/1")


def test_what_cannot_be_read_is_told_beside_the_form(visit: Visit) -> None:
    page = visit("/read")
    page.locator("#addresses").fill("http://127.0.0.1/private")
    page.get_by_role("button", name="Read", exact=True).click()
    assert "not a public address" in page.get_by_role("alert").inner_text()
    assert page.locator("#addresses").input_value() == "http://127.0.0.1/private"
    assert findings(page) == []


def test_a_citation_is_copied_by_a_button(visit: Visit) -> None:
    page = visit(PAGES["cite"])
    page.get_by_role("button", name="copy").nth(1).click()
    page.locator(".says", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@article{theharbourpost2031-")


def test_every_script_keeps_its_direction_and_its_characters(visit: Visit) -> None:
    page = visit(article(SCRIPTS))
    blocks = page.locator(".story :is(h1, p):not(.notes *)")
    directions = blocks.evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert directions == ["rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]
    shown = "".join(page.locator(".story :is(h1, p):not(.notes *)").all_inner_texts())
    for characters in ("👩‍👩‍👧‍👦", "🚢🇰🇪", "Zoe\u0308", "𝔫𝔢𝔳𝔢𝔯 🙂"):
        assert characters in shown
    assert page.locator("#note-a1-3 .name").inner_text() == words.name(SCRIPTS.attributions[2].speaker)


def test_from_the_first_page_one_reaches_an_article(visit: Visit) -> None:
    page = visit("/", scripts=False)
    page.get_by_role("link", name="Articles", exact=True).click()
    page.get_by_role("link", name=words.headline(READING.article)).click()
    assert page.locator("h1").inner_text() == words.headline(READING.article)
    page.get_by_role("link", name="This page as JSON").click()
    assert page.url.endswith(".json")
