"""The four tables as Parquet, with their codebook. Needs pyarrow, which comes with the extra ``parquet``."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.export.codebook import CODEBOOK, codebook
from reportedly.export.options import Options
from reportedly.export.tables import TABLES, Column, Kind, Row, Rows, Spans, columns, rows, values
from reportedly.schema import Reading

if TYPE_CHECKING:
    import pyarrow as pa

# A row group: what is in memory at once. Enough for columns to be packed well, and far under 100 MB of news.
GROUP_CHARACTERS = 8_000_000


def write(readings: Iterable[Reading], folder: Path, options: Options) -> None:  # noqa: ARG001 - as all writers
    """Write ``article.parquet``, ``attribution.parquet``, ``carrier.parquet``, ``speaker.parquet`` and the codebook."""
    from pyarrow import parquet  # an extra; and it takes time to load

    with contextlib.ExitStack() as open_files:
        writers = {
            name: open_files.enter_context(
                parquet.ParquetWriter(folder / f"{name}.parquet", _schema(table), compression="zstd")
            )
            for name, (table, _) in TABLES.items()
        }
        for group in _groups(rows(readings)):
            for name, writer in writers.items():
                writer.write_table(_table(TABLES[name][0], [row for found in group for row in found.of(name)]))
    (folder / CODEBOOK).write_text(codebook(), encoding="utf-8")


def _groups(found: Iterable[Rows]) -> Iterable[list[Rows]]:
    group: list[Rows] = []
    size = 0
    for one in found:
        group.append(one)
        # An article's statements repeat much of its text, beside a fixed part.
        size += 2 * len(one.article.text) + 1000 * len(one.attribution)
        if size >= GROUP_CHARACTERS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _table(table: type[Row], found: list[Row]) -> pa.Table:
    import pyarrow as pa

    schema = _schema(table)
    cells = zip(*map(values, found), strict=True) if found else [()] * len(schema)
    arrays = [
        pa.array(map(_spans, column) if pa.types.is_list(field.type) else column, field.type)
        for field, column in zip(schema, cells, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _spans(spans: Spans) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]


def _schema(table: type[Row]) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([_field(column) for column in columns(table)])


def _field(column: Column) -> pa.Field:
    import pyarrow as pa

    span = pa.struct([pa.field("start", pa.int64(), False), pa.field("end", pa.int64(), False)])
    types: dict[Kind, pa.DataType] = {
        "text": pa.large_string(),
        "whole number": pa.int64(),
        "number": pa.float64(),
        "true or false": pa.bool_(),
        "spans": pa.list_(pa.field("element", span, False)),
    }
    nullable = column.optional and column.kind != "spans"
    return pa.field(column.name, types[column.kind], nullable, {"description": column.meaning})
