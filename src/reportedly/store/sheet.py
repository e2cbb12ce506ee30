"""A sheet of own columns as people keep it: CSV with a speaker a line, read with every fault told by its line.

The first line has the headings. One of them is "speaker", or "id", or both: who has an id is known by that, else by the
name. The others are own columns, but for those that the source inventory itself writes (``COUNTED``), which are passed
over: so its CSV can be filled in and read back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportedly.store.columns import LONGEST_HEADING, LONGEST_VALUE, MOST_HEADINGS, Own, ids_of, write_own
from reportedly.store.library import Library

SPEAKER, ID = "speaker", "id"
# What the inventory counts or knows: nobody's own columns.
COUNTED = (
    "type",
    "roles",
    "statements",
    "words",
    "words each",
    "articles",
    "outlets",
    "declined",
    "first",
    "last",
    "new",
)
MOST_LINES = 20_000
# Faults that are told; whoever has more has sent another file.
MOST_FAULTS = 50
# Ids that are told of a name that several have.
MOST_IDS = 5
# A spreadsheet would take a cell that begins so for a formula; the mark that keeps it from that is no part of it.
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, and what can be done."""

    line: int
    told: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says, or what is wrong with it. Where there are faults, nothing of it should be kept.

    ``lines`` says in which line of the file each speaker stands.
    """

    values: tuple[Own, ...]
    faults: tuple[Fault, ...]
    more_faults: bool = False
    lines: dict[str, int] = field(default_factory=dict)


class _HeadingsError(Exception):
    """The first line cannot be understood; its text says why."""


def read_sheet(data: bytes) -> Sheet:
    """The own columns in a file of CSV: UTF-8, with commas, semicolons or tabs between the cells."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _only(line, "this is not UTF-8; save the file as “CSV UTF-8”")
    if "\0" in text:
        return _only(text.count("\n", 0, text.index("\0")) + 1, "there is a character NUL here: this is no CSV file")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return _read(lines)
    except _HeadingsError as error:
        return _only(1, str(error))
    except csv.Error as error:
        return _only(lines.line_num, f"a quotation mark has no partner, or stands inside a cell ({error})")


def _only(line: int, told: str) -> Sheet:
    return Sheet((), (Fault(line, told),))


def _delimiter(text: str) -> str:
    """What stands between cells, as the first line has it."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _read(lines: Iterator[list[str]]) -> Sheet:
    headings = _headings(next(lines, []))
    values: dict[tuple[str, str], Own] = {}
    seen: dict[str, int] = {}
    faults: list[Fault] = []
    for number, cells in _numbered(lines):
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_LINES:
            faults.append(Fault(number, f"a sheet has at most {MOST_LINES:,} lines; read it in parts"))
            break
        found = list(_faults(cells, headings, seen))
        faults += [Fault(number, told) for told in found]
        if found:
            continue
        speaker = _speaker(cells, headings)
        seen[speaker] = number
        for heading, cell in zip(headings, cells, strict=False):
            if _is_own(heading):
                values[speaker, heading] = Own(speaker, heading, _plain(cell))
    if faults:
        return Sheet((), tuple(faults[:MOST_FAULTS]), len(faults) > MOST_FAULTS)
    return Sheet(tuple(values.values()), (), lines=seen)


def _is_own(heading: str) -> bool:
    return heading not in (SPEAKER, ID) and heading not in COUNTED


def _speaker(cells: Sequence[str], headings: Sequence[str]) -> str:
    """Who a line is about: the id, or else the name."""
    there = dict(zip(headings, cells, strict=False))
    return _plain(there.get(ID, "")) or _plain(there.get(SPEAKER, ""))


def _numbered(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each line with the number at which it begins in the file: a cell may hold line ends."""
    begun = lines.line_num + 1  # type: ignore[attr-defined]
    for cells in lines:
        yield begun, cells
        begun = lines.line_num + 1  # type: ignore[attr-defined]


def _headings(cells: Sequence[str]) -> list[str]:
    found = [_plain(cell) for cell in cells]
    found = [heading.lower() if heading.lower() in (SPEAKER, ID) else heading for heading in found]
    while found and not found[-1]:
        found.pop()
    own = [heading for heading in found if _is_own(heading)]
    if SPEAKER not in found and ID not in found:
        raise _HeadingsError("no column is called “speaker” or “id”; the first line has the headings")
    if "" in found:
        raise _HeadingsError(f"column {found.index('') + 1} has no heading; give it one, or remove it")
    twice = next((heading for k, heading in enumerate(found) if heading in found[:k]), None)
    if twice is not None:
        raise _HeadingsError(f"two columns are called “{twice:.60}”; give one of them another heading")
    if not own:
        raise _HeadingsError("there is no column of your own; add one, with a heading")
    if len(own) > MOST_HEADINGS:
        raise _HeadingsError(f"there are {len(own)} own columns; there can be {MOST_HEADINGS}")
    long = next((heading for heading in own if len(heading) > LONGEST_HEADING), None)
    if long is not None:
        raise _HeadingsError(f"the heading “{long:.40}…” is longer than {LONGEST_HEADING} characters")
    return found


def _faults(cells: Sequence[str], headings: Sequence[str], seen: dict[str, int]) -> Iterator[str]:
    filled = len(cells) - next((k for k, cell in enumerate(reversed(cells)) if cell.strip()), len(cells))
    if filled > len(headings):
        yield f"there are {filled} cells, and {len(headings)} headings; a cell with a comma stands in quotation marks"
        return
    speaker = _speaker(cells, headings)
    if not speaker:
        yield "the speaker is missing"
        return
    if speaker in seen:
        yield f"“{speaker:.60}” stands in line {seen[speaker]} already; leave one of the two"
    for heading, cell in zip(headings, cells, strict=False):
        if _is_own(heading) and len(_plain(cell)) > LONGEST_VALUE:
            yield f"what stands under “{heading:.40}” is longer than {LONGEST_VALUE} characters"


def _plain(cell: str) -> str:
    """A cell's text with single spaces, without the mark that keeps a spreadsheet from taking it for a formula."""
    text = " ".join(cell.split())
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def take_sheet(library: Library, data: bytes, author: str) -> tuple[int, Sheet]:
    """Read a sheet into the library's own columns: how many values were new, and the sheet with what is wrong.

    All of it is kept, or, where anything is wrong, nothing.
    """
    sheet = read_sheet(data)
    if sheet.faults:
        return 0, sheet
    ids = ids_of(library, sheet.lines)
    faults = [Fault(sheet.lines[name], _unclear(name, found)) for name, found in ids.items() if len(found) != 1]
    if faults:
        faults.sort(key=lambda fault: fault.line)
        return 0, Sheet((), tuple(faults[:MOST_FAULTS]), len(faults) > MOST_FAULTS)
    values = [replace(one, speaker=ids[one.speaker][0]) for one in sheet.values]
    return write_own(library, values, author), sheet


def _unclear(name: str, ids: Sequence[str]) -> str:
    if not ids:
        return f"nobody in the library is called “{name:.60}”; the list of speakers has all names"
    return f"“{name:.60}” may be {' or '.join(ids[:MOST_IDS])}: write the id into a column “id”"
