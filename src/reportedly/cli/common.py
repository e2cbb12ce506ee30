"""What commands have in common: their arguments, how inputs and pages are come by, how failures are told."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.errors import SchemaError
from reportedly.export.words import harmless
from reportedly.schema import Failure, Reading

if TYPE_CHECKING:
    from reportedly.ingest import Columns
    from reportedly.ingest.fetch import Fetcher

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Files (text, Markdown, HTML, Word, mail, feeds, sitemaps, WARC, JSONL, Parquet), folders, patterns or "
        "URLs; - is standard input.",
    ),
]
Model = Annotated[Path | None, typer.Option(help="A folder of weights other than the shipped one.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads of the model; by default all cores.")]
Offline = Annotated[
    bool, typer.Option("--offline", help="Fetch nothing: URLs are read from the --cache alone, if there is one.")
]
CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache", metavar="FOLDER", help="Keep fetched pages here, and fetch again only what has changed."),
]
RawFolder = Annotated[
    Path | None,
    typer.Option("--keep-raw", metavar="FOLDER", help="Keep here each page as it came, with its headers."),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch also from private addresses and from this machine.")
]


def make_fetcher(offline: bool, cache: Path | None, keep_raw: Path | None, allow_private: bool) -> Fetcher | None:
    """What fetches URLs; None where nothing was asked for but what is done by default."""
    if not (offline or cache or keep_raw or allow_private):
        return None
    from reportedly.ingest.fetch import Fetcher, FetchOptions  # the HTTP client takes time to load

    return Fetcher(FetchOptions(offline=offline, cache=cache, keep_raw=keep_raw, allow_private=allow_private))


def as_inputs(names: Sequence[str]) -> Iterator[str | Path]:
    """The arguments as files and URLs: here, none is ever the text itself."""
    return (name if "://" in name else Path(name) for name in names)


def as_columns(given: Sequence[str]) -> Columns:
    """The columns that hold an article's parts, from FIELD=NAME."""
    from reportedly.ingest import Columns

    fields = {field.name for field in dataclasses.fields(Columns)}
    named = dict(item.split("=", 1) for item in given if "=" in item)
    if len(named) < len(given) or not named.keys() <= fields or not all(named.values()):
        raise typer.BadParameter(f"--column is FIELD=NAME, with a FIELD of {', '.join(sorted(fields))}")
    return Columns(**named)


def good(results: Iterator[Reading | Failure], failures: list[Failure], print_too: bool = False) -> Iterator[Reading]:
    """The readings; what failed goes to the list, at once to standard error, and as JSON where that is asked for."""
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
            if print_too:
                print(result.to_json(), flush=True)
            print(f"reportedly: {harmless(str(result))}", file=sys.stderr)
        else:
            yield result


def records(files: Iterable[str], failures: list[Failure]) -> Iterator[Reading]:
    """The readings in files of JSON lines; what is none is told and listed."""
    for name in files:
        try:
            with sys.stdin if name == "-" else Path(name).open(encoding="utf-8") as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        if line.strip():
                            yield Reading.from_json(line)
                    except SchemaError as error:
                        failures.append(Failure(f"{name}#{number}", str(error), "print it anew with `read --jsonl`"))
                        print(f"reportedly: {harmless(str(failures[-1]))}", file=sys.stderr)
        except (OSError, UnicodeDecodeError) as error:
            failures.append(Failure(name, f"cannot be read ({error})", "check that it is a file of JSON lines"))
            print(f"reportedly: {harmless(str(failures[-1]))}", file=sys.stderr)


def finish(failures: Sequence[Failure]) -> None:
    """Leave with exit code 1 where something failed."""
    if failures:
        raise typer.Exit(1)
