"""``reportedly export``: readings in the formats of other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.common import finish, records
from reportedly.export.options import BASE, Format, Options
from reportedly.schema import Failure, Reading

_STDIN = "-"

# The formats to which each option belongs.
_BELONGS = {
    "--utf16": (Format.WEBANNO,),
    "--raw": (Format.CSV,),
    "--base": (Format.WEBANNO, Format.SCHEMAORG, Format.PROV),
}


def export(
    source: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            help="A library (a file or URL), or readings as `read --jsonl` prints them; - is standard input.",
        ),
    ],
    form: Annotated[Format, typer.Option("--format", help="What to write.")],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="PATH", help="The file or folder to write; by default a file is printed."),
    ] = None,
    sourced: Annotated[
        bool, typer.Option("--sourced", help="Only what a source is sure to have said: no beliefs, no nobody.")
    ] = False,
    utf16: Annotated[
        bool, typer.Option("--utf16", help="webanno: count positions in UTF-16 units, as Hypothes.is does.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="csv: cells as they are, also those that a spreadsheet would run.")
    ] = False,
    base: Annotated[
        str, typer.Option("--base", metavar="IRI", help="webanno, schemaorg, prov: what names begin with.")
    ] = BASE,
) -> None:
    """Write readings for other programs: tables, linked data, annotations, training data."""
    from reportedly.export.formats import KINDS, InFolder, export as write  # isort: skip

    for option, given in (("--utf16", utf16), ("--raw", raw), ("--base", base != BASE)):
        if given and form not in _BELONGS[option]:
            raise typer.BadParameter(f"{option} belongs to --format {' or '.join(_BELONGS[option])}")
    target = None if to == Path("-") else to
    if target is None and isinstance(KINDS[form], InFolder):
        raise typer.BadParameter(f"--format {form} is a folder of files: name it with --to FOLDER")
    failures: list[Failure] = []
    readings = _readings(source, failures)
    if sourced:
        readings = (reading.sourced() for reading in readings)
    write(readings, form, target, Options(base=base, utf16=utf16, raw=raw))
    finish(failures)


def _readings(source: str, failures: list[Failure]) -> Iterator[Reading]:
    """The readings of a library or of JSON lines, one after another."""
    if _is_lines(source):
        yield from records([source], failures)
        return
    from reportedly.store import Library  # the database takes time to load

    with Library(source, create=False) as library:
        yield from library.readings()


def _is_lines(source: str) -> bool:
    """Whether a source is JSON lines: standard input, a pipe, or a file that is empty or begins as JSON does."""
    path = Path(source)
    if source == _STDIN:
        return True
    if "://" in source or not path.exists() or path.is_dir():
        return False
    if not path.is_file():
        return True
    with path.open("rb") as file:
        return file.read(100).lstrip()[:1] in (b"", b"{")
