"""JSON lines: the records as they are. Nothing is lost, and ``reportedly import`` reads them back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from reportedly.export.options import Options
from reportedly.schema import Reading


def write(readings: Iterable[Reading], target: TextIO, options: Options) -> None:  # noqa: ARG001 - as all writers
    """Write one record a line."""
    for reading in readings:
        target.write(f"{reading.to_json()}\n")
