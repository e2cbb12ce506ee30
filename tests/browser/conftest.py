"""A real Chromium, and pages of readings opened in it from a file, as a reader would open them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reportedly.export.page import page as write_page
from reportedly.schema import Reading

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LACKING = "no chromium on this machine: apt-get install chromium"
# Root in a container has no sandbox; the rest keeps the browser from talking to anyone by itself.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WIDE, NARROW = (1280, 900), (360, 740)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open page, what it said (console, errors, dialogs) and what it asked for (addresses)."""

    page: Page
    address: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


Opener = Callable[..., Sheet]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail(LACKING)
        pytest.skip(LACKING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens the page of some readings: ``opened(reading, size=NARROW, scheme="dark", at="s-3-9")``.

    Whatever else a test asks, no page that it opened has said anything, or asked for anything but itself.
    """
    sheets: list[Sheet] = []
    with ExitStack() as contexts:

        def open_(*readings: Reading, size: tuple[int, int] = WIDE, scheme: str = "light", at: str = "") -> Sheet:
            file = tmp_path / f"page-{len(sheets)}.html"
            file.write_text(write_page(readings), encoding="utf-8")
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme=scheme,  # type: ignore[arg-type]
                reduced_motion="reduce",
            )
            contexts.callback(context.close)
            sheet = _listening(context.new_page(), file.as_uri())
            sheets.append(sheet)
            sheet.page.goto(f"{sheet.address}#{at}" if at else sheet.address)
            return sheet

        yield open_
        for sheet in sheets:
            assert sheet.said == []
            assert {address.partition("#")[0] for address in sheet.asked} == {sheet.address}


def _listening(page: Page, address: str) -> Sheet:
    sheet = Sheet(page, address)
    page.on("console", lambda message: sheet.said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: sheet.said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (sheet.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: sheet.asked.append(request.url))
    page.on("popup", lambda popup: sheet.said.append(f"popup: {popup.url}"))
    return sheet
