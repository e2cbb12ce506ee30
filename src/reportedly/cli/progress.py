"""A batch as a person sees it: a bar on a terminal, each failure in a line, and what it came to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from reportedly.export.words import harmless
from reportedly.schema import Failure

if TYPE_CHECKING:
    from reportedly.adding import Progress
    from reportedly.store import Embedded

# The exit code of a program that Ctrl-C has ended.
INTERRUPTED = 130


def follow(steps: Iterator[Progress | Failure]) -> list[Failure]:
    """Do the batch and show how it goes; what failed."""
    failures: list[Failure] = []
    last: Progress | None = None
    try:
        with _bar() as bar:
            task = bar.add_task("reading", total=None, rate="", failed="")
            for step in steps:
                if isinstance(step, Failure):
                    failures.append(step)
                    bar.console.print(f"reportedly: {harmless(str(step))}", markup=False, soft_wrap=True)
                else:
                    last = step
                _show(bar, task, last, failures)
    except KeyboardInterrupt:
        print(f"reportedly: broken off: {_summary(last, failures)}; the same command goes on", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    print(_summary(last, failures), file=sys.stderr)
    return failures


def follow_embedding(steps: Iterator[Embedded]) -> int:
    """Make vectors and show how it goes; how many texts had none."""
    done = 0
    try:
        with _bar() as bar:
            task = bar.add_task("embedding", total=None, rate="", failed="", visible=False)
            for step in steps:
                done = step.done
                rate = f"{done / max(bar.tasks[0].elapsed or 0.0, 0.1):.0f} texts/s"
                bar.update(task, total=step.total, completed=done, rate=rate, visible=True)
    except KeyboardInterrupt:
        print(f"reportedly: broken off: {done:,} texts embedded; the same command goes on", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    return done


def _bar() -> Bar:
    console = Console(stderr=True, highlight=False)
    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


def _show(bar: Bar, task: TaskID, last: Progress | None, failures: list[Failure]) -> None:
    if last is None:
        return
    elapsed = bar.tasks[0].elapsed or 0.0
    articles = last.added + last.known
    rate = f"{articles / elapsed:.1f} articles/s" if elapsed > 1 else ""
    failed = f"{len(failures)} failed" if failures else ""
    bar.update(task, total=last.sources, completed=last.finished, rate=rate, failed=failed)


def _summary(last: Progress | None, failures: list[Failure]) -> str:
    if last is None:
        return f"nothing read, {len(failures)} failed"
    parts = [f"{last.added:,} article{'s' if last.added != 1 else ''} added"]
    if last.known:
        parts.append(f"{last.known:,} known already")
    if last.skipped:
        parts.append(f"{last.skipped:,} source{'s' if last.skipped != 1 else ''} unchanged and skipped")
    if failures:
        parts.append(f"{len(failures):,} failed")
    return ", ".join(parts)
