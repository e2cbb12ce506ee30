"""``reportedly audit``: drafts against newsroom sourcing rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import reportedly
from reportedly.cli.common import (
    AllowPrivate,
    CacheFolder,
    Inputs,
    Model,
    Offline,
    RawFolder,
    Threads,
    as_inputs,
    finish,
    good,
    make_fetcher,
)
from reportedly.schema import Failure


def audit(
    files: Inputs,
    rules: Annotated[
        str | None, typer.Option(help="Only these rules (a,b), or all but some (-a,-b).", metavar="RULES")
    ] = None,
    house: Annotated[Path | None, typer.Option(help="A TOML file with rules of your own.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line for each finding.")] = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="A SARIF 2.1.0 log, for editors and CI.")] = False,
    offline: Offline = False,
    cache: CacheFolder = None,
    keep_raw: RawFolder = None,
    allow_private: AllowPrivate = False,
    model: Model = None,
    threads: Threads = None,
) -> None:
    """Check drafts against newsroom sourcing rules."""
    from reportedly import audit as auditing
    from reportedly.pipeline import Reader

    if json and sarif:
        raise typer.BadParameter("choose one of --json and --sarif")
    selection = auditing.select(rules, auditing.load_rules(house) if house is not None else ())
    failures: list[Failure] = []
    fetcher = make_fetcher(offline, cache, keep_raw, allow_private)
    readings = good(Reader(model, threads).read_many(as_inputs(files), fetcher), failures)
    found = ((reading, auditing.audit(reading, selection)) for reading in readings)
    if sarif:
        print(auditing.to_sarif(found, selection, reportedly.__version__))
    elif json:
        for reading, findings in found:
            sys.stdout.write(auditing.to_json(reading, findings))
    else:
        from rich.console import Console

        console = Console(highlight=False)
        for reading, findings in found:
            console.print(auditing.view(reading, findings))
    finish(failures)
