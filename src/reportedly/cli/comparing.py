"""``reportedly compare``: who copies whom, and how many independent origins stand behind each claim."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.common import Model, Threads, as_inputs, finish, good
from reportedly.schema import Failure, Reading, comparison_record

# What a file of SQLite begins with.
_SQLITE = b"SQLite format 3\0"


def compare(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="A library, or whatever `read` takes; a folder may have outlets, dates and titles in articles.json.",
        ),
    ],
    json: Annotated[bool, typer.Option("--json", help="The whole comparison as JSON.")] = False,
    about: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only claims that have all of these words.")
    ] = None,
    model: Model = None,
    threads: Threads = None,
) -> None:
    """Set articles side by side: copies, claims and their independent origins, what changed on the way."""
    from reportedly.compare import Comparer

    failed: list[Failure] = []
    comparer = Comparer(threads or 1)
    comparer.add(_readings(inputs, failed, model, threads))
    comparison = comparer.comparison(about=about)
    if json:
        print(json_module.dumps(comparison_record(comparison), ensure_ascii=False, indent=1))
    else:
        from rich.console import Console

        from reportedly.export.comparison import render

        render(comparison, Console(highlight=False))
    finish(failed)


def _readings(
    inputs: Sequence[str], failed: list[Failure], model: Path | None, threads: int | None
) -> Iterator[Reading]:
    """The readings of a library, or of what is read now."""
    if len(inputs) == 1 and _is_library(inputs[0]):
        from reportedly.store import Library

        with Library(inputs[0], create=False) as library:
            yield from library.readings()
        return
    from reportedly.pipeline import Reader

    yield from good(Reader(model, threads).read_many(as_inputs(inputs)), failed)


def _is_library(name: str) -> bool:
    """Whether an input is a library: by its URL, or by how its file begins."""
    if name.startswith(("postgresql://", "postgres://")):
        return True
    path = Path(name)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
