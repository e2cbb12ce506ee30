"""``export``: readings leave the program, in one of the formats of this table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

from reportedly.errors import ExportError, ExtraError
from reportedly.export import brat, csv_tables, docbin, ftm, jsonl, parquet_tables, prov, schemaorg, webanno
from reportedly.export.options import Format, Options
from reportedly.export.place import new_folder, open_file
from reportedly.export.storable import storable
from reportedly.schema import Reading


@dataclass(frozen=True, slots=True)
class InFile:
    """A format that is one text file, or standard output. ``lossless``: it can hold whatever a record can."""

    write: Callable[[Iterable[Reading], TextIO, Options], None]
    lossless: bool = False


@dataclass(frozen=True, slots=True)
class InFolder:
    """A format that is a folder of files. ``package`` has to be installed; ``extra`` is the part that brings it."""

    write: Callable[[Iterable[Reading], Path, Options], None]
    package: str | None = None
    extra: str = ""


KINDS: dict[Format, InFile | InFolder] = {
    Format.JSONL: InFile(jsonl.write, lossless=True),
    Format.CSV: InFolder(csv_tables.write),
    Format.PARQUET: InFolder(parquet_tables.write, "pyarrow", "parquet"),
    Format.WEBANNO: InFile(webanno.write),
    Format.SCHEMAORG: InFile(schemaorg.write),
    Format.PROV: InFile(prov.write),
    Format.FTM: InFile(ftm.write),
    Format.BRAT: InFolder(brat.write),
    Format.DOCBIN: InFolder(docbin.write, "spacy", "spacy"),
}


def export(
    readings: Iterable[Reading],
    form: Format,
    target: Path | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> None:
    """Write readings to a file or folder, or to standard output where ``target`` is None.

    They are taken one after another, so there may be more of them than fit into memory. The target has its name only
    when it is whole: a file that was there is replaced at the very end, a folder must be new or empty. Raises
    ExtraError where a package is missing, and ExportError where the target cannot be written or a folder is not named.
    """
    kind = KINDS[form]
    if isinstance(kind, InFile):
        with open_file(target) as file:
            kind.write(readings if kind.lossless else map(storable, readings), file, options)
        return
    if kind.package is not None and find_spec(kind.package) is None:
        raise ExtraError(f"format {form}", kind.package, kind.extra)
    if target is None:
        raise ExportError(f"format {form}", "it is a folder of files", "name one with --to FOLDER")
    with new_folder(target) as folder:
        kind.write(map(storable, readings), folder, options)
