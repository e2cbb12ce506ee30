"""Readings on standard output, in the forms that ``read`` and ``show`` share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum

import typer

from reportedly.schema import Reading, to_record


class Format(StrEnum):
    """How readings can be printed."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


def write(readings: Iterable[Reading], form: Format) -> None:
    """Print readings."""
    if form is Format.JSONL:
        for reading in readings:
            print(reading.to_json(), flush=True)
    elif form is Format.JSON:
        print(json.dumps([to_record(reading) for reading in readings], ensure_ascii=False, indent=1))
    elif form is Format.HTML:
        from reportedly.export.page import page  # the templates' engine takes time to load, and only this needs it

        print(page(list(readings)))
    else:
        from rich.console import Console

        from reportedly.export.terminal import render

        console = Console(highlight=False)
        for reading in readings:
            render(reading, console)


def explain_statement(readings: Iterable[Reading], number: int) -> None:
    """Print of one statement of each reading what its fields rest on."""
    from rich.console import Console

    from reportedly.export.explain import explain

    console = Console(highlight=False)
    for reading in readings:
        item = next((item for item in reading.attributions if item.n == number), None)
        if item is None:
            raise typer.BadParameter(f"there is no statement {number}; the last is {len(reading.attributions)}")
        explain(reading, item, console)
