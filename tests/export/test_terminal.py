from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from reportedly.export.terminal import render
from reportedly.schema import Article, Attribution, Credit, Reading, Speaker

from .stories import EMPTY, HOSTILE, READING, TEXT


def shown(reading: Reading, width: int = 80, **options: object) -> str:
    file = io.StringIO()
    render(reading, Console(file=file, width=width, **options))  # type: ignore[arg-type]
    return file.getvalue()


def test_a_reading_as_a_journalist_sees_it() -> None:
    assert shown(READING) == (
        "Harbour tax to rise, minister says\n"
        "The Harbour Post · 2031-04-03 · by Jo March\n"
        "5 statements · 1 named · 1 unnamed · 1 group · 1 document · 1 nobody named\n"
        "\n"
        " 1  Ada Okonjo, Finance Minister\n"
        "    paraphrased · promises or intends · “said” · on Thursday (2031-04-03)\n"
        "    that the harbour tax would rise if parliament agreed\n"
        "    condition: “if parliament agreed”\n"
        "\n"
        " 2  a senior official (anonymous) → Reuters (agency) → The Harbour Post\n"
        "    uncertain · quoted · denies · “told”\n"
        "    “We will not retreat,” [...] “Not now.”\n"
        "\n"
        " 3  the report (document)\n"
        "    paraphrased · asserts · “says”\n"
        "    critics claim that the plan has reportedly failed\n"
        "\n"
        " 4  critics (group)\n"
        "    paraphrased · asserts · “claim” · inside statement 3\n"
        "    that the plan has reportedly failed\n"
        "    hedge: “claim”\n"
        "    hedge: “reportedly”\n"
        "\n"
        " 5  ∅ nobody named\n"
        "    paraphrased · believes or expects · “is believed”\n"
        "    that ships will leave\n"
        "    hedge: “is believed”\n"
    )


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("reading", [READING, HOSTILE], ids=["plain", "hostile"])
def test_nothing_is_cut_and_nothing_is_too_wide(reading: Reading, width: int) -> None:
    wrapped, whole = shown(reading, width), shown(reading, 100_000)
    assert all(cell_len(line) <= width for line in wrapped.splitlines())
    assert "".join(wrapped.split()) == "".join(whole.split())
    assert not any(line.endswith(" ") for line in wrapped.splitlines())


def test_words_hang_under_the_first() -> None:
    lines = shown(READING, 40).splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("    that the harbour"))
    assert lines[first + 1].startswith("    ")
    assert not lines[first + 1].startswith("     ")


def test_a_very_narrow_console_loses_nothing() -> None:
    assert "".join(shown(READING, 10).split()) == "".join(shown(READING).split())


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = shown(READING, force_terminal=True, color_system="truecolor")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(READING)
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown(READING, force_terminal=True) == shown(READING)
    assert "\x1b" not in shown(READING)


def test_hostile_text_is_neutralised_and_not_markup() -> None:
    out = shown(HOSTILE)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", out)
    assert "␛[31mred␛[0m" in out
    assert "[bold]loud[/bold]" in out
    assert ":smile:" in out
    assert "[red]x[/red]" in out
    assert "<script>alert(3)</script>[blink], ␛[2J<b>role</b> (organisation, anonymous)" in out.replace("\n    ", " ")
    out.encode("utf-8")


def test_a_console_that_is_not_unicode_gets_what_it_can_show() -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii")
    render(READING, Console(file=file, width=80))
    file.flush()
    out = raw.getvalue().decode("ascii")
    assert "a senior official (anonymous) -> Reuters (agency) -> The Harbour Post" in out
    assert '"We will not retreat,"' in out


def test_an_empty_reading_says_so() -> None:
    assert shown(EMPTY) == "empty\nNo statements found\n"


def test_unknown_outlet_speaker_kinds_and_missing_fields() -> None:
    article = Article(id="a", text=TEXT)
    bare = Attribution(n=12, content=((0, 7),))
    author = Attribution(n=13, content=((0, 7),), speaker=Speaker(None, "author"))
    union = Attribution(n=14, content=((0, 7),), speaker=Speaker("the union", "organisation", anonymous=True))
    out = shown(Reading(article, (bare, author, union)))
    assert " 12  ∅ nobody named\n     Harbour\n" in out
    assert "(the article's own voice)" in out
    assert "the union (organisation, anonymous)" in out
    assert "3 statements · 1 unnamed · 1 the author's own · 1 nobody named" in out


def test_an_agency_that_is_credited_is_told() -> None:
    article = Article(id="a", text=TEXT, outlet="The Harbour Post", byline="Jo March", credit=Credit("Norrin Press"))
    assert shown(Reading(article)).splitlines()[1] == "The Harbour Post · by Jo March · credited to Norrin Press"


def test_a_content_of_several_paragraphs_keeps_them() -> None:
    text = "One.\n\nTwo.\u2028Three."
    out = shown(Reading(Article(id="a", text=text), (Attribution(n=1, content=((0, len(text)),)),)))
    assert "    One.\n    Two.\n    Three.\n" in out


def test_a_very_long_paragraph() -> None:
    text = "word " * 40_000 + "x" * 1000
    out = shown(Reading(Article(id="a", text=text), (Attribution(n=1, content=((0, len(text)),)),)))
    assert out.count("word") == 40_000
    assert out.count("x") == 1000
