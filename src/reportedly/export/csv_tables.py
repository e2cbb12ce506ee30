"""The four tables as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet, with their codebook."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Iterable
from pathlib import Path

from reportedly.export.codebook import CODEBOOK, codebook
from reportedly.export.options import Options
from reportedly.export.tables import TABLES, Value, columns, rows, values
from reportedly.schema import Reading

# A spreadsheet takes a cell that begins so for a formula, and formulas can fetch and run things; it may pass over
# white space and marks that do not show on the way there (https://owasp.org/www-community/attacks/CSV_Injection). An
# apostrophe before it makes it text. It goes before an apostrophe too, so that taking one away always gives the cell.
_DANGEROUS = re.compile(r"'|[\s\x00-\x20\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f]*[=+\-@＝＋－＠]|[\t\r\n]")


def write(readings: Iterable[Reading], folder: Path, options: Options) -> None:
    """Write ``article.csv``, ``attribution.csv``, ``carrier.csv``, ``speaker.csv`` and the codebook into a folder."""
    with contextlib.ExitStack() as open_files:
        writers = {}
        for name, (table, _) in TABLES.items():
            file = open_files.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file)
            writers[name].writerow([column.name for column in columns(table)])
        for found in rows(readings):
            for name, writer in writers.items():
                writer.writerows([_cell(value, options.raw) for value in values(row)] for row in found.of(name))
    (folder / CODEBOOK).write_text(codebook(), encoding="utf-8")


def guarded(text: str) -> str:
    """The text with an apostrophe before it, if a spreadsheet could run it or it begins with one already."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def _cell(value: Value, raw: bool) -> str | int | float | None:
    if isinstance(value, tuple):
        return " ".join(f"{start}-{end}" for start, end in value)
    if isinstance(value, bool):
        return str(value).lower()
    return guarded(value) if isinstance(value, str) and not raw else value
