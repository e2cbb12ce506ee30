"""Gold and predictions from disk, paired by document.

Either side may be

- a JSONL file, one document a line: readings as ``reportedly read --jsonl`` prints them (with ``text``), or
  ``{"doc": ..., "attributions": [...]}`` as PolNeAR and the shared scorers have it (without);
- one reading as a ``.json`` file;
- a folder of ``<id>.json``, each with its text beside it as ``<id>.txt``.

A document goes by its ``doc``, else the stem of its ``path``, else its ``id``. Offsets mean nothing without
the text they were made on: it is taken from the record, the file beside it, the folder of texts that was
given, or the other side, in this order; two sides that disagree on it are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.errors import InputError, NotFoundError, NotTextError, SchemaError
from reportedly.schema import Attribution, from_record


@dataclass(frozen=True, slots=True)
class Paired:
    """Gold and predicted attributions by document, and gold's texts.

    ``unpredicted`` are gold's documents without a prediction (they score as empty), ``ignored`` predicted
    documents that gold lacks.
    """

    gold: Mapping[str, tuple[Attribution, ...]]
    predicted: Mapping[str, tuple[Attribution, ...]]
    texts: Mapping[str, str]
    unpredicted: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def warnings(self) -> list[str]:
        """What the reader of the figures should know first, a sentence each."""
        found = []
        if self.unpredicted:
            found.append(f"{_some(self.unpredicted)} not predicted: scored as nothing found")
        if self.ignored:
            found.append(f"{_some(self.ignored)} not in gold: ignored")
        return found


def load(gold: Path, predicted: Path, texts: Path | None = None) -> Paired:
    """Read gold and predictions, each a JSONL file, a ``.json`` file or a folder; ``texts`` holds ``DOC.txt``.

    Raises InputError for files that cannot be read or paired, SchemaError for records that are not
    attributions or do not fit their text. Every message names the file, the line and the way out.
    """
    ours, theirs = _documents(gold), _documents(predicted)
    known = {name: _text(ours[name], theirs.get(name), texts) for name in ours}
    return Paired(
        gold={name: _attributions(document, known[name]) for name, document in ours.items()},
        predicted={name: _attributions(theirs[name], known[name]) for name in ours if name in theirs},
        texts=known,
        unpredicted=tuple(sorted(ours.keys() - theirs.keys())),
        ignored=tuple(sorted(theirs.keys() - ours.keys())),
    )


@dataclass(frozen=True, slots=True)
class _Document:
    """A record as it was read: its name, where it stands on disk, and its text where that is known."""

    name: str
    where: str
    record: Mapping[str, Any]
    text: str | None


def _documents(path: Path) -> dict[str, _Document]:
    documents: dict[str, _Document] = {}
    for document in _folder(path) if path.is_dir() else _file(path):
        if document.name in documents:
            first = documents[document.name].where
            raise SchemaError(f"{document.where}: document {document.name!r} a second time after {first}; keep one")
        documents[document.name] = document
    if not documents:
        raise InputError(str(path), "holds no documents", "give a JSONL file, or a folder of .json files")
    return documents


def _folder(path: Path) -> Iterator[_Document]:
    for file in sorted(path.glob("*.json")):
        yield from _file(file)


def _file(path: Path) -> Iterator[_Document]:
    if path.suffix == ".json":
        beside = path.with_suffix(".txt")
        yield _document(_read(path), str(path), _decode(_read(beside), str(beside)) if beside.is_file() else None)
        return
    # Lines end at \n alone: JSON text may hold U+2028 and its like, which str.splitlines would cut at.
    for number, line in enumerate(_read(path).split(b"\n"), 1):
        if line.strip():
            yield _document(line, f"{path}:{number}", None)


def _document(raw: bytes, where: str, beside: str | None) -> _Document:
    try:
        record = json.loads(_decode(raw, where).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{where}: not JSON ({error}); one object a line is expected in JSONL") from error
    if not isinstance(record, dict):
        raise SchemaError(f"{where}: a document is an object, not {type(record).__name__}")
    text = record.get("text")
    return _Document(_name(record, where), where, record, text if isinstance(text, str) else beside)


def _name(record: Mapping[str, Any], where: str) -> str:
    path = record.get("path")
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0] if isinstance(path, str) else None
    name = record.get("doc") or stem or record.get("id")
    if not isinstance(name, str):
        raise SchemaError(f'{where}: the document has no name; give it a "doc", a "path" or an "id"')
    return name


def _text(gold: _Document, predicted: _Document | None, folder: Path | None) -> str:
    """Gold's text, wherever it is."""
    text = gold.text
    if text is None and folder is not None:
        file = folder / f"{gold.name}.txt"
        text = _decode(_read(file), str(file))
    theirs = predicted.text if predicted is not None else None
    if text is None and theirs is None:
        remedy = f"give the folder that holds {gold.name}.txt, or predictions that carry their text"
        raise InputError(gold.where, f"no text for document {gold.name!r}", remedy)
    if predicted is not None and text is not None and theirs is not None and text != theirs:
        at = next(
            (k for k, (a, b) in enumerate(zip(text, theirs, strict=False)) if a != b), min(len(text), len(theirs))
        )
        reason = f"the text of {gold.name!r} is not gold's ({gold.where}): they part at character {at}"
        raise InputError(predicted.where, reason, "predict on gold's own text, without changing its line ends")
    return text if text is not None else theirs or ""


def _attributions(document: _Document, text: str) -> tuple[Attribution, ...]:
    """The attributions of a record, checked against the text; a missing number is the place in the list."""
    items = document.record.get("attributions")
    if items is None:
        items = []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SchemaError(f"{document.where}: attributions is a list of objects")
    numbered = [{**item, "n": item.get("n", place)} for place, item in enumerate(items, 1)]
    # Only the attributions are scored: what else the record says need not be ours.
    record = {"id": document.name, "schema": document.record.get("schema", 1), "attributions": numbered}
    try:
        return from_record(record, text).attributions
    except SchemaError as error:
        raise type(error)(f"{document.where}: {error}") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(str(path), "there is no such file", "check the path") from error
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "check that it is a file you may read") from error


def _decode(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"not UTF-8: byte {raw[error.start]:#04x} at {error.start}"
        raise NotTextError(where, reason, "save it as UTF-8") from error


def _some(names: tuple[str, ...]) -> str:
    """How many documents, and the first of them by name."""
    shown = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
    return f"{len(names)} document{'s' if len(names) > 1 else ''} ({shown})"
