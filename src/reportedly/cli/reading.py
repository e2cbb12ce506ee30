"""``reportedly read``: who said what in one or more reports."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.cli.common import (
    AllowPrivate,
    CacheFolder,
    Inputs,
    Model,
    Offline,
    RawFolder,
    Threads,
    as_columns,
    as_inputs,
    finish,
    good,
    make_fetcher,
)
from reportedly.cli.printing import Format, explain_statement, write
from reportedly.schema import Failure


def read(
    files: Inputs,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line for each article.")] = False,
    json: Annotated[bool, typer.Option("--json", help="The same, indented, as one list.")] = False,
    html: Annotated[bool, typer.Option("--html", help="One self-contained page with the statements marked.")] = False,
    sourced: Annotated[
        bool, typer.Option("--sourced", help="Only what a source is sure to have said: no beliefs, no nobody.")
    ] = False,
    explain: Annotated[
        int | None, typer.Option(metavar="N", help="Say of statement N what each field rests on.")
    ] = None,
    failures: Annotated[
        bool, typer.Option("--failures", help="With --jsonl: a line also for each input that failed, in its place.")
    ] = False,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=NAME", help="Which column of JSONL or Parquet holds what: text=body."),
    ] = None,
    offline: Offline = False,
    cache: CacheFolder = None,
    keep_raw: RawFolder = None,
    allow_private: AllowPrivate = False,
    model: Model = None,
    threads: Threads = None,
) -> None:
    """Print who said what in one or more news reports."""
    from reportedly.pipeline import Reader

    chosen = [form for form, on in ((Format.JSONL, jsonl), (Format.JSON, json), (Format.HTML, html)) if on]
    if len(chosen) + (explain is not None) > 1:
        raise typer.BadParameter("choose one of --jsonl, --json, --html and --explain")
    if failures and not jsonl:
        raise typer.BadParameter("--failures belongs to --jsonl")
    failed: list[Failure] = []
    fetcher = make_fetcher(offline, cache, keep_raw, allow_private)
    results = Reader(model, threads).read_many(as_inputs(files), fetcher, as_columns(column or []))
    readings = good(results, failed, print_too=failures)
    if sourced:
        readings = (reading.sourced() for reading in readings)
    if explain is not None:
        explain_statement(readings, explain)
    else:
        write(readings, chosen[0] if chosen else Format.TERMINAL)
    finish(failed)
