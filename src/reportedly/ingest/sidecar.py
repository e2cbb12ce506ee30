"""A folder's list of its articles: who published each, when, where, by whom and under what title.

The sidecar is ``articles.json`` (a list of objects, or an object whose ``articles`` is one), ``articles.csv``, or the
``articles`` of a ``cluster.json``, of which nothing else is looked at. ``id`` is the file's name without its suffix.
What it says wins over what is found in the file.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePath

from reportedly.errors import InputError, NotTextError, SchemaError, SidecarError
from reportedly.ingest.agency import find_credit
from reportedly.ingest.days import day_of
from reportedly.ingest.decode import text_of
from reportedly.ingest.options import Options
from reportedly.ingest.source import Outcome, opened
from reportedly.schema import Article, Fields, FoundIn, article_id

NAMES = ("articles.json", "articles.csv", "cluster.json")  # the first that is there counts
_SHOWN = 5  # names in a message
_REMEDY = "mend it, or take it away; the articles were read without it"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sidecar says of one article; None for what it leaves open."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None


@dataclass(slots=True)
class Sidecar:
    """The entries of a folder's sidecar by file name without suffix, and what is wrong with it."""

    path: str
    entries: dict[str, Entry] = field(default_factory=dict)
    errors: list[InputError] = field(default_factory=list)

    def entry(self, path: str) -> Entry | None:
        """What is said of the file at a path."""
        return self.entries.get(_stem(path))

    def unknown(self, names: Iterable[str]) -> Iterator[SidecarError]:
        """An error for what is listed, but none of the folder's files."""
        there = {_stem(name) for name in names}
        missing = [name for name in self.entries if name not in there]
        if missing:
            more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
            shown = ", ".join(f"{name[:100]!r}" for name in missing[:_SHOWN])
            yield SidecarError(self.path, f"lists {shown}{more}, of which there is no file", "correct the id there")


def find_sidecar(folder: str, names: Sequence[str], options: Options) -> tuple[list[str], Sidecar | None]:
    """The names of a folder's files without its sidecars, and the sidecar; None where there is none.

    A dump of articles that has such a name, with the text in it, is left among the files.
    """
    rest, found = list(names), None
    for name in NAMES:
        if name in rest and (sidecar := _sidecar(os.path.join(folder, name), options)) is not None:
            rest.remove(name)
            if found is None:
                found = sidecar
            else:
                reason = f"not looked at, since there is {os.path.basename(found.path)}"
                found.errors.append(SidecarError(sidecar.path, reason, "keep one of them"))
    return rest, found


def _sidecar(path: str, options: Options) -> Sidecar | None:
    """The sidecar at a path, or None where that file is none."""
    sidecar = Sidecar(path)
    try:
        rows = _rows(path, options)
        if rows is None:
            return None
        for number, row in enumerate(rows, 1):
            _enter(sidecar, row, f"{path}#{number}")
    except InputError as error:
        sidecar.entries.clear()
        sidecar.errors = [SidecarError(path, error.reason, _REMEDY)]
    return sidecar


def _rows(path: str, options: Options) -> Sequence[object] | None:
    """The rows of a sidecar; None where it holds the articles' texts or, as ``cluster.json``, no list of articles."""
    with opened(path) as source:
        text = text_of(source.whole(options.max_bytes), path)
    if path.endswith(".csv"):
        return _table(text, path)
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotTextError(path, f"not JSON ({error})", _REMEDY) from error
    rows = record.get("articles") if isinstance(record, Mapping) else record
    if not isinstance(rows, list):
        if path.endswith("cluster.json") or (isinstance(record, Mapping) and options.columns.text in record):
            return None
        raise SidecarError(path, "holds no list of articles", _REMEDY)
    return None if any(isinstance(row, Mapping) and options.columns.text in row for row in rows) else rows


def _table(text: str, path: str) -> Sequence[object] | None:
    try:
        table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), restkey="", strict=True)
        if "id" not in (table.fieldnames or ()):
            raise SidecarError(path, "has no column 'id'", _REMEDY)
        return [{key: value or None for key, value in row.items()} for row in table]
    except csv.Error as error:
        raise SidecarError(path, f"not a table of comma-separated values ({error})", _REMEDY) from error


def _enter(sidecar: Sidecar, row: object, where: str) -> None:
    """Put one row among the entries, or what is wrong with it among the errors."""
    try:
        record = Fields(row, "the row")
        name = record.text("id")
        entry = Entry(**{item.name: _one_line(record.optional_text(item.name)) for item in fields(Entry)})
        day = day_of(entry.published) if entry.published is not None else None
        if day is None and entry.published is not None:
            raise SchemaError(f"the row: published is a day, not {entry.published!r:.60}")
        if name in sidecar.entries:
            raise SchemaError(f"the row: {name[:100]!r} is listed already")
    except SchemaError as error:
        sidecar.errors.append(SidecarError(where, str(error), "correct it; it was passed over"))
    else:
        sidecar.entries[name] = replace(entry, published=day)


def told(outcome: Outcome, path: str, entry: Entry) -> Outcome:
    """An article with what its entry says of it, if it is the one of the file at this path."""
    return outcome if isinstance(outcome, InputError) or outcome.path != path else _told(outcome, entry)


def _told(article: Article, entry: Entry) -> Article:
    said = {item.name: getattr(entry, item.name) for item in fields(Entry) if getattr(entry, item.name) is not None}
    places: dict[str, FoundIn] = {**dict(article.found_in), **dict.fromkeys(said, "sidecar")}
    article = replace(article, **said, found_in=tuple(places.items()))
    credit = find_credit(article.text, article.blocks, article.byline, article.outlet)
    if credit is None and article.credit is not None and article.credit.evidence is None:
        credit = article.credit if article.credit.name != article.outlet else None
    return replace(article, id=article_id(article.text, article.url), credit=credit)


def _one_line(value: str | None) -> str | None:
    return (" ".join(value.split()) or None) if value is not None else None


def _stem(path: str) -> str:
    """The file's name without its suffix, and without that of compression."""
    return PurePath(os.path.basename(path).removesuffix(".gz")).stem
