"""brat standoff: for each article ``.txt`` and ``.ann``, and one ``annotation.conf``, in a folder that brat opens.

https://brat.nlplab.org/standoff.html. A statement is an event that its content triggers; source, cue, carriers,
conditions, hedges and date are its arguments, and what else is known are attributes and a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from reportedly.export import words
from reportedly.export.options import Options
from reportedly.schema import Attribution, CarrierType, Quotation, Reading, Span, SpeakerType, Stance
from reportedly.text import trim

STATEMENT = "Statement"

# Each role of the words of a statement, and how many there may be in one: as in annotation.conf.
ROLES = {
    "Source": "?",
    "Cue": "?",
    "Speaker": "?",
    "Role": "?",
    "Carrier": "*",
    "Condition": "*",
    "Hedge": "*",
    "When": "?",
}

# brat reads its files by lines, and ends one at each of these; one for one, so that offsets hold.
_LINE_ENDS = str.maketrans({"\r": "\n", "\t": " ", "\u2028": "\n", "\u2029": "\n"})
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


def write(readings: Iterable[Reading], folder: Path, options: Options) -> None:  # noqa: ARG001 - as all writers
    """Write two files for each reading, named by its number and the article's id, and ``annotation.conf``."""
    (folder / "annotation.conf").write_text(configuration(), encoding="utf-8", newline="\n")
    for number, reading in enumerate(readings, 1):
        slug = _NOT_IN_NAMES.sub("-", reading.article.id[:40]).strip("-")
        name = f"{number:06d}-{slug}" if slug else f"{number:06d}"
        text = words.harmless(reading.article.text.replace("\r\n", " \n").translate(_LINE_ENDS))
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        lines = "".join(f"{line}\n" for line in _Standoff(reading, text).lines())
        (folder / f"{name}.ann").write_text(lines, encoding="utf-8", newline="\n")


def configuration() -> str:
    """``annotation.conf``: the types that the files use."""
    arguments = ", ".join([*(f"{role}{many}:{role}" for role, many in ROLES.items()), f"Inside?:{STATEMENT}"])
    attributes = {
        "Quotation": get_args(Quotation),
        "Stance": get_args(Stance),
        "SpeakerType": get_args(SpeakerType),
    }
    return "\n".join(
        [
            "[entities]",
            *ROLES,
            "[relations]",
            "[events]",
            f"{STATEMENT}\t{arguments}",
            "[attributes]",
            *(f"{name}\tArg:{STATEMENT}, Value:{'|'.join(kinds)}" for name, kinds in attributes.items()),
            f"Anonymous\tArg:{STATEMENT}",
            f"CarrierType\tArg:Carrier, Value:{'|'.join(get_args(CarrierType))}",
            "Carried\tArg:Carrier|When",
            "",
        ]
    )


class _Standoff:
    """The lines of one ``.ann`` file; ``text`` is what stands in the ``.txt``."""

    def __init__(self, reading: Reading, text: str) -> None:
        self._reading = reading
        self._text = text
        self._counts = dict.fromkeys("TEA#", 0)
        # A statement without any words that show cannot be annotated; its number is known before it is written, for
        # it may stand inside one that comes later.
        shown = [item for item in reading.attributions if self._pieces(_trigger(item))]
        self._events = {item.n: f"E{number}" for number, item in enumerate(shown, 1)}

    def lines(self) -> Iterator[str]:
        """All lines, statement by statement."""
        for item in self._reading.attributions:
            if item.n in self._events:
                yield from self._statement(item)

    def _statement(self, item: Attribution) -> Iterator[str]:
        event = self._events[item.n]
        trigger, line = self._bound(STATEMENT, _trigger(item))
        yield line
        arguments = [f"{STATEMENT}:{trigger}"]
        for role, spans, attributes in _roles(item):
            if not self._pieces(spans):
                continue
            bound, line = self._bound(role, spans)
            yield line
            arguments.append(f"{role}:{bound}")
            for attribute in attributes:
                yield self._attribute(attribute, bound)
        if item.inside in self._events and item.inside != item.n:
            arguments.append(f"Inside:{self._events[item.inside]}")
        yield f"{event}\t{' '.join(_numbered(arguments))}"
        for attribute in _attributes(item):
            yield self._attribute(attribute, event)
        yield f"{self._next('#')}\tAnnotatorNotes {event}\t{self._note(item)}"

    def _bound(self, kind: str, spans: Sequence[Span]) -> tuple[str, str]:
        """The number of a text-bound annotation, and its line."""
        pieces, number = self._pieces(spans), self._next("T")
        places = ";".join(f"{start} {end}" for start, end in pieces)
        return number, f"{number}\t{kind} {places}\t{' '.join(self._text[start:end] for start, end in pieces)}"

    def _attribute(self, attribute: str, of: str) -> str:
        name, _, value = attribute.partition(" ")
        return f"{self._next('A')}\t{' '.join(filter(None, (name, of, value)))}"

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind}{self._counts[kind]}"

    def _pieces(self, spans: Sequence[Span]) -> list[Span]:
        """The spans in order, joined where they overlap, and cut at line ends, which no annotation may hold."""
        joined: list[Span] = []
        for start, end in sorted(spans):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        lines = (
            trim(self._text, (start + found.start(), start + found.end()))
            for start, end in joined
            for found in re.finditer(r"[^\n]+", self._text[start:end])
        )
        return [(start, end) for start, end in lines if start < end]

    def _note(self, item: Attribution) -> str:
        """What brat has no place for: who is meant, through whom, and how sure."""
        doubt = f" · confidence {item.confidence:.2f}" if item.confidence is not None else ""
        date = f" · {words.one_line(item.when.date)}" if item.when is not None and item.when.date else ""
        return f"{words.chain(self._reading, item)}{date}{doubt}"


def _trigger(item: Attribution) -> Sequence[Span]:
    return item.content or item.cue or item.source


def _roles(item: Attribution) -> Iterator[tuple[str, Sequence[Span], list[str]]]:
    """The roles of a statement's words beside its content, with their spans and attributes."""
    speaker = item.speaker
    yield "Source", item.source, []
    yield "Cue", item.cue, []
    yield "Speaker", (speaker.mention,) if speaker.mention is not None else (), []
    yield "Role", (speaker.role_evidence,) if speaker.role_evidence is not None else (), []
    for carrier in item.via:
        yield "Carrier", (carrier.evidence,), [f"CarrierType {carrier.type}", *(["Carried"] * carrier.carried)]
    for span in item.conditions:
        yield "Condition", (span,), []
    for span in item.hedges:
        yield "Hedge", (span,), []
    if item.when is not None:
        yield "When", (item.when.evidence,), ["Carried"] * item.when.carried


def _attributes(item: Attribution) -> Iterator[str]:
    if item.quotation is not None:
        yield f"Quotation {item.quotation}"
    if item.stance is not None:
        yield f"Stance {item.stance}"
    yield f"SpeakerType {item.speaker.type}"
    if item.speaker.anonymous:
        yield "Anonymous"


def _numbered(arguments: Iterable[str]) -> Iterator[str]:
    """The arguments of an event; of one role the second is that role with a 2 behind it."""
    seen: dict[str, int] = {}
    for argument in arguments:
        role, _, target = argument.partition(":")
        seen[role] = seen.get(role, 0) + 1
        yield argument if seen[role] == 1 else f"{role}{seen[role]}:{target}"
