from __future__ import annotations

import dataclasses
import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from reportedly.export.explain import LONGEST, explain
from reportedly.schema import Article, Attribution, Carrier, Reading, Speaker, When

from .stories import ARTICLE, CRITICS, HOSTILE, MINISTER, NOBODY, OFFICIAL, READING, TEXT, at


def shown(item: Attribution, reading: Reading = READING, width: int = 100, **options: object) -> str:
    file = io.StringIO()
    explain(reading, item, Console(file=file, width=width, highlight=False, **options))  # type: ignore[arg-type]
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def test_every_field_with_the_words_that_show_it_and_their_offsets() -> None:
    speaker = dataclasses.replace(MINISTER.speaker, mention=at("Ada Okonjo"), role_evidence=at("Finance Minister"))
    assert shown(dataclasses.replace(MINISTER, speaker=speaker)) == (
        "Statement 1 of “Harbour tax to rise, minister says”\n"
        "\n"
        "source      [Finance Minister Ada Okonjo] said on Thursday that…                               36–63\n"
        "cue         …Minister Ada Okonjo [said] on Thursday that the…                                  64–68\n"
        "content     paraphrased\n"
        "            …Okonjo said on Thursday [that the harbour tax would rise if parliament           81–133\n"
        "            agreed].\n"
        "speaker     Ada Okonjo\n"
        "            Finance Minister [Ada Okonjo] said on Thursday that…                               53–63\n"
        "type        person\n"
        "            [Finance Minister Ada Okonjo]                                                      36–63\n"
        "role        Finance Minister\n"
        "            [Finance Minister] Ada Okonjo said on…                                             36–52\n"
        "via         first hand: no carrier named\n"
        "condition   …harbour tax would rise [if parliament agreed].                                  113–133\n"
        "stance      promises or intends\n"
        "            [said]                                                                             64–68\n"
        "when        2031-04-03\n"
        "            …Ada Okonjo said [on Thursday] that the harbour tax…                               69–80\n"
        "confidence  0.93 that source, cue and content are all right"
    )


def test_carriers_and_split_contents_have_a_line_each() -> None:
    out = shown(OFFICIAL)
    assert re.search(r"\nvia +Reuters \(agency\)\n +.*\[told Reuters\]", out)
    assert "[“We will not retreat,”]" in out
    assert "[“Not now.”]" in out
    assert "\ntype        unnamed, anonymous\n" in out


def test_what_is_carried_over_says_so() -> None:
    elsewhere = at("told Reuters")
    item = dataclasses.replace(
        NOBODY,
        via=(Carrier("Reuters", "agency", elsewhere, carried=True),),
        when=When(at("on Thursday"), "2031-04-03", carried=True),
    )
    out = shown(item)
    assert "via         Reuters (agency), carried over from another paragraph\n" in out
    assert "when        2031-04-03, carried over from another paragraph\n" in out


def test_what_the_text_does_not_show_is_said_and_never_filled_in() -> None:
    out = shown(MINISTER)
    assert re.search(r"\nspeaker +Ada Okonjo\n +not shown by the text\n", out)
    assert re.search(r"\nrole +Finance Minister\n +not shown by the text\n", out)
    nobody = shown(NOBODY)
    assert "source      none\n" in nobody
    assert "speaker     ∅ nobody named\n" in nobody
    assert "role        none given\n" in nobody
    assert "not shown" not in nobody


def test_a_date_that_cannot_be_resolved_names_what_is_missing() -> None:
    item = dataclasses.replace(MINISTER, when=When(at("on Thursday")))
    assert "cannot be resolved (published: 2031-04-03)" in shown(item)
    undated = Reading(dataclasses.replace(ARTICLE, published=None), (item,))
    assert "cannot be resolved (published: unknown)" in shown(item, undated)


def test_nesting_and_hedges() -> None:
    out = shown(CRITICS)
    assert "inside      statement 3, whose content holds this one" in out
    assert re.findall(r"^hedge +.*\[(\w+)\]", out, re.M) == ["claim", "reportedly"]
    assert "confidence" not in out


def test_context_stays_in_its_paragraph_and_cuts_no_word() -> None:
    out = shown(MINISTER)
    words = set(re.findall(r"\w+", TEXT))
    for line in re.findall(r"(?m)^(?:\w+)? +(.*\[.*\].*?)  +\d+–\d+$", out):
        assert set(re.findall(r"\w+", line)) <= words
    assert "minister says" not in out.split("\n", 1)[1]
    assert "We will not" not in out


def test_long_words_are_cut_in_the_middle_between_words() -> None:
    text = "He said " + "so it went on " * 40 + "for ever."
    item = Attribution(n=1, content=((8, len(text)),))
    out = " ".join(shown(item, Reading(Article(id="a", text=text), (item,))).split())
    (words,) = re.findall(r"\[(.*)\]", out)
    assert len(words) <= LONGEST + 3
    assert words.startswith("so it went on so")
    assert words.endswith("on for ever.")
    assert " … " in words
    unbroken = Attribution(n=1, content=((0, 400),))
    out = shown(unbroken, Reading(Article(id="a", text="x" * 400), (unbroken,)), width=200)
    assert f"[{'x' * 80} … {'x' * 80}]" in out


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("reading", [READING, HOSTILE], ids=["plain", "hostile"])
def test_nothing_is_too_wide(reading: Reading, width: int) -> None:
    for item in reading.attributions:
        assert max(map(cell_len, shown(item, reading, width).splitlines())) <= width


def test_hostile_text_is_neutralised_and_not_markup() -> None:
    out = shown(HOSTILE.attributions[0], HOSTILE)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", out)
    assert "[[bold]loud[/bold]]" in out
    assert "<script>alert(3)</script>[blink]" in out
    out.encode("utf-8")


def test_colour_only_repeats_what_signs_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    styled = shown(MINISTER, force_terminal=True, color_system="truecolor")
    plain = re.sub(r" +$", "", re.sub(r"\x1b\[[0-9;]*m", "", styled), flags=re.M)
    assert "\x1b[" in styled
    assert plain == shown(MINISTER)


def test_a_bare_statement_is_still_explained() -> None:
    bare = Attribution(n=1, content=((0, 7),), speaker=Speaker(None, "author"))
    out = shown(bare, Reading(Article(id="a", text=TEXT), (bare,)))
    assert "content     [Harbour] tax to rise, minister" in out
    assert "stance" not in out
