"""README and docs do what they say. ``pytest tests/docs --update`` refreshes the output that they show."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
import typer.main

import reportedly
from reportedly import schema
from reportedly.audit import Rule, shipped_rules
from reportedly.cli import app

from .blocks import line_of, outside_blocks, refreshed, run

ROOT = Path(__file__).parents[2]
RUN = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINKED = [*RUN, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
RECORDS = (
    schema.Article,
    schema.Block,
    schema.Credit,
    schema.Attribution,
    schema.Speaker,
    schema.Carrier,
    schema.When,
    schema.Maker,
)
_LINK = re.compile(r"\[[^\]]*\]\(\s*([^)\s]+)\s*\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like the checkout: what is written into it does not land there."""
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (tmp_path / entry.name).symlink_to(entry)
    return tmp_path


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_blocks_do_what_they_show(page: Path, checkout: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text("utf-8")
    outcomes = run(text, checkout, page.name)
    if request.config.getoption("--update", default=False):
        page.write_text(refreshed(text, outcomes), "utf-8")
        wrong = [complaint for outcome in outcomes for complaint in outcome.failures]
    else:
        wrong = [
            f"{page.name}, line {line_of(text, outcome.block)}: {complaint}"
            for outcome in outcomes
            for complaint in outcome.complaints()
        ]
    assert not wrong, "\n\n".join([*wrong, "pytest tests/docs --update writes the output anew"])


@pytest.mark.parametrize("page", LINKED, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(outside_blocks(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in _anchors(target), link


def _anchors(page: Path) -> set[str]:
    """The names by which a page's headings can be linked, as GitHub makes them."""
    headings = _HEADING.findall(outside_blocks(page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def _section(page: str, heading: str) -> str:
    """From a heading to the next of any level."""
    _, _, rest = page.partition(f" {heading}\n")
    return re.split(r"^#{1,6} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def test_every_command_and_option_is_described() -> None:
    page = _page("cli.md")
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        section = _section(page, f"reportedly {name}")
        for parameter in command.params:
            shown = (
                parameter.opts if parameter.opts[0].startswith("-") else [parameter.metavar or parameter.name.upper()]
            )
            for words in shown:
                assert f"`{words}" in section, (name, words)


@pytest.mark.parametrize("name", reportedly.__all__)
def test_every_public_name_is_described(name: str) -> None:
    assert re.search(rf"\b{name}\b", _page("python.md"))


def test_every_field_is_described() -> None:
    page = _page("formats.md")
    for record in RECORDS:
        for field in dataclasses.fields(record):
            assert f"`{field.name}`" in page, (record.__name__, field.name)


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: rule.id)
def test_every_rule_is_described(rule: Rule) -> None:
    section = _section(_page("audit.md"), rule.id)
    flat = " ".join(section.split())
    for words in (rule.title, rule.severity, rule.unseen, *(origin.name for origin in rule.origins)):
        assert words in flat, words
