"""Dumps -> articles: JSON, JSON lines and Parquet, an article a row.

``Article.path`` is the dump's with ``#`` and the number of the line or row.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace
from typing import Any

from reportedly.errors import InputError, NotTextError, TooLargeError
from reportedly.ingest.days import day_of
from reportedly.ingest.formats import is_page
from reportedly.ingest.options import Columns, Options
from reportedly.ingest.page import from_html
from reportedly.ingest.plain import from_text
from reportedly.ingest.source import Outcome, Source, attempt
from reportedly.schema import Article, article_id

# Rows of a Parquet file that are in memory together. A row may be an article of megabytes.
ROWS = 16

# A Parquet file must be at hand as a whole; from a pipe or unpacked it is held in memory, up to this many bytes.
MAX_PARQUET = 500_000_000

_PARQUET = "install it: pip install 'reportedly[parquet]'"


def read_lines(source: Source, options: Options) -> Iterator[Outcome]:
    """The articles of JSON lines; blank lines are passed over."""
    file = io.BufferedReader(source.stream, 1 << 16)
    number = 0
    while line := file.readline(options.max_bytes + 1):
        number += 1
        path = f"{source.path}#{number}"
        if len(line) > options.max_bytes:
            yield TooLargeError(path, f"a line of more than {options.max_bytes / 1_000_000:g} MB", "split it")
            while line and not line.endswith(b"\n"):
                line = file.readline(options.max_bytes)
        elif line.strip():
            yield _parsed(line, path, options.columns)


def read_json(source: Source, options: Options) -> Iterator[Outcome]:
    """The articles of one JSON document: an object, or a list of them."""
    data = source.whole(options.max_bytes)
    record = _json(data, source.path)
    if not isinstance(record, list):
        yield attempt(lambda: from_row(record, source.path, options.columns), source.path)
        return
    for number, row in enumerate(record, 1):
        path = f"{source.path}#{number}"
        yield attempt(lambda row=row, path=path: from_row(row, path, options.columns), path)  # type: ignore[misc]


def read_parquet(source: Source, options: Options) -> Iterator[Outcome]:
    """The articles of a Parquet file, some rows at a time. Only the columns that are asked for are read."""
    try:
        import pyarrow as pa  # an extra; and it takes time to load
        from pyarrow import parquet
    except ImportError:
        yield InputError(source.path, "a Parquet file, and pyarrow is not installed", _PARQUET)
        return
    number = 0
    try:
        file = parquet.ParquetFile(_at_hand(source), pre_buffer=False)
        there = set(file.schema_arrow.names)
        wanted = [name for name in dict.fromkeys(n.split(".")[0] for n in astuple(options.columns)) if name in there]
        _check_columns(there, source.path, options.columns)
        for batch in file.iter_batches(batch_size=ROWS, columns=wanted, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                path = f"{source.path}#{number}"
                yield attempt(lambda row=row, path=path: from_row(row, path, options.columns), path)  # type: ignore[misc]
    except (pa.ArrowException, OSError, ValueError) as error:
        yield InputError(
            source.path, f"cannot be read after row {number} ({_first_line(error)})", "get a whole copy of it"
        )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


def _at_hand(source: Source) -> str | io.BytesIO:
    """The file itself where it is one, else its bytes."""
    if source.name == source.path and source.url is None:
        return source.path
    return io.BytesIO(source.whole(MAX_PARQUET))


def _check_columns(there: set[str], path: str, columns: Columns) -> None:
    if columns.text.split(".")[0] not in there:
        raise InputError(path, f"has no column {columns.text!r}, but {_listed(there)}", "say which one holds the text")


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(map(repr, names))[:20]) or "none"


def _parsed(line: bytes, path: str, columns: Columns) -> Outcome:
    return attempt(lambda: from_row(_json(line, path), path, columns), path)


def _json(data: bytes, path: str) -> Any:
    try:
        return json.loads(data)
    except UnicodeDecodeError as error:
        raise NotTextError(path, f"not UTF-8 ({error.reason} at byte {error.start})", "save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise NotTextError(path, f"not JSON ({error})", "check it: each line is to be one JSON object") from error


def from_row(row: object, path: str, columns: Columns) -> Article:
    """The article in one row. Raises InputError where the row has no text."""
    if not isinstance(row, Mapping):
        raise InputError(path, f"not an object but {type(row).__name__}", "give one JSON object for each article")
    value = _value(row, columns.text)
    if value is None and columns.text.split(".")[0] not in row:
        _check_columns(set(map(str, row)), path, columns)
    if not isinstance(value, str) or not value.strip():
        raise NotTextError(path, f"column {columns.text!r} holds no text", "leave the row out")
    url = _text(row, columns.url)
    article = from_html(value, path, url) if is_page(value) else from_text(value, path)
    url = url or article.url
    return replace(
        article,
        id=_text(row, columns.id) or article_id(article.text, url),
        url=url,
        title=_text(row, columns.title) or article.title,
        outlet=_text(row, columns.outlet) or article.outlet,
        byline=_text(row, columns.byline) or article.byline,
        published=day_of(_value(row, columns.published)) or article.published,
    )


def _value(row: Mapping[Any, Any], name: str) -> object:
    """What a row holds under a name, or under the parts of one with dots."""
    if name in row:
        return row[name]
    value: object = row
    for key in name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _text(row: Mapping[Any, Any], name: str) -> str | None:
    """A value as text on one line; a list of texts (authors) with commas."""
    value = _value(row, name)
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return (" ".join(value.split()) or None) if isinstance(value, str) else None
