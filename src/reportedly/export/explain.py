"""What each field of one statement rests on: the field, what it says, and the words that show it, with their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.export import words
from reportedly.schema import Attribution, Reading, Span
from reportedly.text import context

# So many characters are shown before and after the words, so that a reader sees where they stand.
AROUND = 24
# Words longer than this are cut in the middle: the reader has the statement already.
LONGEST = 160
NOT_SHOWN = "not shown by the text"


class _Ground(NamedTuple):
    """One field: its value, where that is more than the words themselves, and the spans that it rests on.

    ``otherwise`` is said where there are no spans.
    """

    field: str
    value: str
    spans: tuple[Span, ...] = ()
    otherwise: str = ""


def explain(reading: Reading, item: Attribution, console: Console) -> None:
    """Print, for one attribution, each field: its value, the words that show it in their context, and their offsets.

    Words that were shown before are not set in their context again.
    """
    console.print(Text(f"Statement {item.n} of “{words.headline(reading.article)}”", style="bold"))
    console.print()
    table = Table.grid(padding=(0, 2), pad_edge=False)
    table.add_column(no_wrap=True, style="bold", min_width=len("confidence"))
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True, justify="right", style="dim")
    seen: set[Span] = set()
    for ground in _grounds(reading, item):
        for k, (says, where) in enumerate(_says(reading, ground, seen)):
            table.add_row(ground.field if k == 0 else "", says, where)
    console.print(table)


def _grounds(reading: Reading, item: Attribution) -> Iterator[_Ground]:
    yield _Ground("source", "", item.source, otherwise="none")
    yield _Ground("cue", "", item.cue, otherwise="none")
    yield _Ground("content", words.QUOTATIONS[item.quotation] if item.quotation else "", item.content)
    yield from _who(item)
    for carrier in item.via:
        carried = ", carried over from another paragraph" if carrier.carried else ""
        yield _Ground("via", words.carrier(carrier) + carried, (carrier.evidence,))
    if not item.via:
        yield _Ground("via", "first hand: no carrier named")
    for field, spans in (("condition", item.conditions), ("hedge", item.hedges)):
        for span in spans:
            yield _Ground(field, "", (span,))
    if item.stance is not None:
        yield _Ground("stance", words.STANCES[item.stance], item.cue or item.content)
    if item.when is not None:
        date = item.when.date or f"cannot be resolved (published: {reading.article.published or 'unknown'})"
        carried = ", carried over from another paragraph" if item.when.carried else ""
        yield _Ground("when", words.one_line(date) + carried, (item.when.evidence,))
    if item.inside is not None:
        yield _Ground("inside", f"statement {item.inside}, whose content holds this one")
    if item.confidence is not None:
        yield _Ground("confidence", f"{item.confidence:.2f} that source, cue and content are all right")


def _who(item: Attribution) -> Iterator[_Ground]:
    speaker = item.speaker
    named = speaker.name is not None
    yield _Ground("speaker", words.name(speaker), _one(speaker.mention), NOT_SHOWN if named else "")
    yield _Ground("type", speaker.type + (", anonymous" if speaker.anonymous else ""), item.source or item.cue)
    if speaker.role is not None:
        yield _Ground("role", words.role(speaker), _one(speaker.role_evidence), NOT_SHOWN)
    else:
        yield _Ground("role", "none given")


def _one(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span is not None else ()


def _says(reading: Reading, ground: _Ground, seen: set[Span]) -> Iterator[tuple[Text, str]]:
    """The lines of one field, each with its offsets."""
    if ground.value:
        yield Text(ground.value), ""
    for span in ground.spans:
        yield _evidence(reading, span, again=span in seen), f"{span[0]}–{span[1]}"
        seen.add(span)
    if ground.otherwise and not ground.spans:
        yield Text(ground.otherwise, style="dim"), ""


def _evidence(reading: Reading, span: Span, again: bool) -> Text:
    """The words of a span in brackets and, unless shown again, what stands around them."""
    before, after = ("", "") if again else context(reading.article.text, span, AROUND)
    marked = Text(words.one_line(f"{before}["), style="dim")
    marked.append(_shortened(words.quote(reading, [span])), style="not dim")
    return marked.append(words.one_line(f"]{after}"))


def _shortened(shown: str) -> str:
    if len(shown) <= LONGEST:
        return shown
    head, _, _ = shown[: LONGEST // 2].rpartition(" ")
    _, _, tail = shown[-LONGEST // 2 :].partition(" ")
    return f"{head or shown[: LONGEST // 2]} … {tail or shown[-LONGEST // 2 :]}"
