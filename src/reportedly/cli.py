"""The command line. Standard output is data, standard error is talk.

Exit codes: 0 all went well; 1 some inputs failed, each listed with its reason; 2 the command was not understood.
"""

from __future__ import annotations

import dataclasses
import json as json_module
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

import reportedly
from reportedly import audit as auditing
from reportedly.errors import ReportedlyError
from reportedly.evaluate import calibration, files, report, sourcing, spans
from reportedly.export.explain import explain as explain_statement
from reportedly.export.terminal import render
from reportedly.export.words import harmless
from reportedly.ingest import Columns
from reportedly.pipeline import Reader
from reportedly.schema import Failure, Reading, to_record

if TYPE_CHECKING:
    from reportedly.ingest.fetch import Fetcher

app = typer.Typer(
    help="Reads news and accounts for every statement in it: who said it, through whom, on what condition, how sure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """What ``read`` can print."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


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


@app.command()
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
    chosen = [form for form, on in ((Format.JSONL, jsonl), (Format.JSON, json), (Format.HTML, html)) if on]
    if len(chosen) + (explain is not None) > 1:
        raise typer.BadParameter("choose one of --jsonl, --json, --html and --explain")
    if failures and not jsonl:
        raise typer.BadParameter("--failures belongs to --jsonl")
    failed: list[Failure] = []
    fetcher = _fetcher(offline, cache, keep_raw, allow_private)
    results = Reader(model, threads).read_many(_inputs(files), fetcher, _columns(column or []))
    readings = _good(results, failed, print_too=failures)
    if sourced:
        readings = (reading.sourced() for reading in readings)
    if explain is not None:
        _explain(readings, explain)
    else:
        _write(readings, chosen[0] if chosen else Format.TERMINAL)
    _finish(failed)


@app.command()
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
    if json and sarif:
        raise typer.BadParameter("choose one of --json and --sarif")
    selection = auditing.select(rules, auditing.load_rules(house) if house is not None else ())
    failures: list[Failure] = []
    fetcher = _fetcher(offline, cache, keep_raw, allow_private)
    readings = _good(Reader(model, threads).read_many(_inputs(files), fetcher), failures)
    found = ((reading, auditing.audit(reading, selection)) for reading in readings)
    if sarif:
        print(auditing.to_sarif(found, selection, reportedly.__version__))
    elif json:
        for reading, findings in found:
            sys.stdout.write(auditing.to_json(reading, findings))
    else:
        console = Console(highlight=False)
        for reading, findings in found:
            console.print(auditing.view(reading, findings))
    _finish(failures)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold: JSONL, or a folder of <id>.json and <id>.txt.")],
    pred: Annotated[Path, typer.Argument(help="Predictions: what `reportedly read --jsonl` prints.")],
    texts: Annotated[Path | None, typer.Option(help="Folder of <id>.txt, where the gold holds no texts.")] = None,
    bootstrap: Annotated[int, typer.Option(min=0, help="Resamplings for 95 % intervals.")] = 0,
    brief: Annotated[bool, typer.Option("--brief", help="Fewer lines.")] = False,
    json: Annotated[bool, typer.Option("--json", help="All figures as JSON.")] = False,
) -> None:
    """Score predicted attributions against gold: spans, confidence and, where gold has it, sourcing."""
    paired = files.load(gold, pred, texts)
    for warning in paired.warnings():
        print(f"reportedly: {warning}", file=sys.stderr)
    scores = spans.score(paired.gold, paired.predicted, paired.texts, bootstrap)
    calibrated = calibration.calibrate(calibration.judge(paired.gold, paired.predicted, paired.texts))
    has_sourcing = any(item.stance is not None for items in paired.gold.values() for item in items)
    sourced = sourcing.score_sourcing(paired.gold, paired.predicted) if has_sourcing else None
    if json:
        print(report.to_json(scores, calibrated, sourced))
        return
    print(report.table(scores, brief=brief))
    if sourced is not None:
        print()
        print(report.sourcing_table(sourced))
    if calibrated is not None and not brief:
        print()
        print(report.reliability(calibrated))


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        print(f"reportedly {reportedly.__version__}")
        raise typer.Exit


def _fetcher(offline: bool, cache: Path | None, keep_raw: Path | None, allow_private: bool) -> Fetcher | None:
    """What fetches URLs; None where nothing was asked for but what is done by default."""
    if not (offline or cache or keep_raw or allow_private):
        return None
    from reportedly.ingest.fetch import Fetcher, FetchOptions  # the HTTP client takes time to load

    return Fetcher(FetchOptions(offline=offline, cache=cache, keep_raw=keep_raw, allow_private=allow_private))


def _inputs(names: Sequence[str]) -> Iterator[str | Path]:
    """The arguments as files and URLs: here, none is ever the text itself."""
    return (name if "://" in name else Path(name) for name in names)


def _columns(given: Sequence[str]) -> Columns:
    """The columns that hold an article's parts, from FIELD=NAME."""
    fields = {field.name for field in dataclasses.fields(Columns)}
    named = dict(item.split("=", 1) for item in given if "=" in item)
    if len(named) < len(given) or not named.keys() <= fields or not all(named.values()):
        raise typer.BadParameter(f"--column is FIELD=NAME, with a FIELD of {', '.join(sorted(fields))}")
    return Columns(**named)


def _good(results: Iterator[Reading | Failure], failures: list[Failure], print_too: bool = False) -> Iterator[Reading]:
    """The readings; what failed goes to the list, at once to standard error, and as JSON where that is asked for."""
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
            if print_too:
                print(result.to_json(), flush=True)
            print(f"reportedly: {harmless(str(result))}", file=sys.stderr)
        else:
            yield result


def _write(readings: Iterator[Reading], form: Format) -> None:
    if form is Format.JSONL:
        for reading in readings:
            print(reading.to_json(), flush=True)
    elif form is Format.JSON:
        print(json_module.dumps([to_record(reading) for reading in readings], ensure_ascii=False, indent=1))
    elif form is Format.HTML:
        from reportedly.export.page import page  # the templates' engine takes time to load, and only this needs it

        print(page(list(readings)))
    else:
        console = Console(highlight=False)
        for reading in readings:
            render(reading, console)


def _explain(readings: Iterator[Reading], number: int) -> None:
    console = Console(highlight=False)
    for reading in readings:
        item = next((item for item in reading.attributions if item.n == number), None)
        if item is None:
            raise typer.BadParameter(f"there is no statement {number}; the last is {len(reading.attributions)}")
        explain_statement(reading, item, console)


def _finish(failures: Sequence[Failure]) -> None:
    if failures:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; errors of the user's are one line, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except ReportedlyError as error:
        print(f"reportedly: {harmless(str(error))}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone: not an error
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
