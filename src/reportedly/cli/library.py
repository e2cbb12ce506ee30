"""The commands that work on a library: ``add``, ``import``, ``search``, ``embed``, ``show``, ``prune``."""

from __future__ import annotations

import dataclasses
import json as json_module
import re
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

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
    finish,
    make_fetcher,
    records,
)
from reportedly.cli.printing import Format, explain_statement, write
from reportedly.errors import QueryError
from reportedly.export.words import harmless

if TYPE_CHECKING:
    from reportedly.schema import Failure
    from reportedly.store import Library, Query, Results

Where = Annotated[
    str, typer.Argument(metavar="LIBRARY", help="The library: a file, or a URL (postgresql://USER@HOST/DATABASE).")
]
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="WORDS...", help="Words, '\"phrases\"', prefix*, OR between two; all must be there."),
]
Like = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        help="Only statements that mean something similar to a text, or to the statement at a place (ID/s/97-150).",
    ),
]
Without = Annotated[list[str] | None, typer.Option(metavar="WORDS", help="Words or a phrase that must not be there.")]
Anonymous = Annotated[bool | None, typer.Option("--anonymous/--named", help="Only sources without, or with, a name.")]
Conditional = Annotated[
    bool | None, typer.Option("--conditional/--unconditional", help="Only with, or without, a condition.")
]
Day = Annotated[str | None, typer.Option(metavar="DATE", help="A day, month, week or year: 2034-09-13, 2034-09.")]

_PLACE = re.compile(r"(?P<article>[^/]+)/s/(?P<start>\d{1,9})-(?P<end>\d{1,9})")


class SpeakerKind(StrEnum):
    """What kind of speaker."""

    PERSON = "person"
    UNNAMED = "unnamed"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    GROUP = "group"
    AUTHOR = "author"
    UNKNOWN = "unknown"


class QuotationKind(StrEnum):
    """How much of the words is quoted."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class StanceKind(StrEnum):
    """What the source does with the words."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ASKS = "asks"
    COMMITS = "commits"
    WANTS = "wants"
    BELIEVES = "believes"
    WITHHOLDS = "withholds"


class Order(StrEnum):
    """What comes first."""

    RELEVANCE = "relevance"
    DATE = "date"


def add(
    library: Where,
    files: Inputs,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that read; by default as many as cores, four at most.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read also what another version or model has read; both readings are kept.")
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
) -> None:
    """Read reports into a library. What was broken off goes on; what was read before and has not changed is skipped."""
    from reportedly.adding import AddOptions, add_inputs
    from reportedly.cli.progress import follow
    from reportedly.store import Library

    options = AddOptions(
        workers=workers,
        again=again,
        columns=as_columns(column or []),
        fetcher=make_fetcher(offline, cache, keep_raw, allow_private),
        model=model,
    )
    with Library(library) as opened:
        finish(follow(add_inputs(opened, files, options)))


def import_(
    library: Where,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Records as `read --jsonl` prints them; - is standard input.")
    ],
) -> None:
    """Put readings that were printed as JSONL into a library, as they are."""
    from reportedly.store import Library

    added = known = 0
    failures: list[Failure] = []
    with Library(library) as opened:
        for reading in records(files, failures):
            new = opened.add(reading)
            added, known = added + new, known + (not new)
    print(f"{_count(added, 'reading')} added, {known} there already, {len(failures)} failed", file=sys.stderr)
    finish(failures)


def search(
    library: Where,
    words: Words = None,
    like: Like = None,
    any_word: Annotated[bool, typer.Option("--any", help="One of the words is enough.")] = False,
    without: Without = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Words of the speaker's name.")] = None,
    person: Annotated[
        str | None, typer.Option(metavar="ID", help="Somebody under all their names: an id, as `speakers` shows it.")
    ] = None,
    type_: Annotated[SpeakerKind | None, typer.Option("--type", help="What kind of speaker.")] = None,
    anonymous: Anonymous = None,
    carrier: Annotated[str | None, typer.Option(metavar="NAME", help="Words of a carrier's name.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Words of the outlet's name.")] = None,
    since: Day = None,
    until: Day = None,
    said_since: Day = None,
    said_until: Day = None,
    quotation: Annotated[QuotationKind | None, typer.Option(help="What kind of quotation.")] = None,
    stance: Annotated[StanceKind | None, typer.Option(help="What the source does with the words.")] = None,
    conditional: Conditional = None,
    hedged: Annotated[bool | None, typer.Option("--hedged/--unhedged", help="Only with, or without, a hedge.")] = None,
    confidence: Annotated[float | None, typer.Option(min=0, max=1, help="The least confidence.")] = None,
    sort: Annotated[Order | None, typer.Option(help="By default relevance; without words and --like, date.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Hits on a page.")] = 10,
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Hits, total and counts as one JSON object.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line for each hit.")] = False,
) -> None:
    """Find statements in a library: by words or by meaning, and by who said them, where, when and how."""
    from reportedly.store import Library, Query

    if json and jsonl:
        raise typer.BadParameter("choose one of --json and --jsonl")
    query = _understood(
        Query,
        words=" ".join([*(words or []), *map(_left_out, without or [])]),
        any_word=any_word,
        speaker=speaker,
        person=person,
        speaker_type=_value(type_),
        anonymous=anonymous,
        carrier=carrier,
        outlet=outlet,
        published_since=since,
        published_until=until,
        said_since=said_since,
        said_until=said_until,
        quotation=_value(quotation),
        stance=_value(stance),
        conditional=conditional,
        hedged=hedged,
        min_confidence=confidence,
        sort=_value(sort),
        limit=limit,
        offset=(page - 1) * limit,
        facets=not jsonl,
    )
    with Library(library, create=False) as opened:
        results = _understood(opened.search, query) if like is None else _similar(opened, like, query)
    _print_results(results, query, json, jsonl)


def _print_results(results: Results, query: Query, json: bool, jsonl: bool) -> None:
    if json:
        print(json_module.dumps(results.to_record(), ensure_ascii=False, indent=1))
    elif jsonl:
        for hit in results.hits:
            print(json_module.dumps(hit.to_record(), ensure_ascii=False))
    else:
        from rich.console import Console

        from reportedly.cli.results import show_results

        show_results(results, query, Console(highlight=False))


def _similar(library: Library, like: str, query: Query) -> Results:
    """What a search by meaning gives; vectors that are missing are made before, and that is shown."""
    from reportedly.cli.progress import follow_embedding
    from reportedly.store.records import content

    if place := _PLACE.fullmatch(like):
        like = content(*library.statement(place["article"], (int(place["start"]), int(place["end"]))))
    follow_embedding(library.embed())
    results: Results = _understood(library.similar, like, query)
    return results


def embed(library: Where, threads: Threads = None) -> None:
    """Prepare a library for `search --like`, which else does so itself. What was broken off goes on."""
    from reportedly.cli.progress import follow_embedding
    from reportedly.store import Library

    with Library(library, create=False) as opened:
        done = follow_embedding(opened.embed(threads))
    print(f"{_count(done, 'text')} embedded", file=sys.stderr)


def show(
    library: Where,
    article: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="An article's id or its first digits, or a statement's place: ID/s/97-150."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The record, indented.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="The record on one line.")] = False,
    html: Annotated[bool, typer.Option("--html", help="One self-contained page with the statements marked.")] = False,
    explain: Annotated[
        int | None, typer.Option(metavar="N", help="Say of statement N what each field rests on.")
    ] = None,
) -> None:
    """Print an article or a statement of a library as `read` prints it; without an ID, what the library holds."""
    from reportedly.store import Library

    chosen = [form for form, on in ((Format.JSONL, jsonl), (Format.JSON, json), (Format.HTML, html)) if on]
    if len(chosen) + (explain is not None) > 1:
        raise typer.BadParameter("choose one of --jsonl, --json, --html and --explain")
    with Library(library, create=False) as opened:
        if article is None:
            _overview(opened)
            return
        place = _PLACE.fullmatch(article)
        if place is None:
            reading = opened.get(article)
        else:
            reading, item = opened.statement(place["article"], (int(place["start"]), int(place["end"])))
            explain = item.n if not chosen else explain
            reading = dataclasses.replace(reading, attributions=(dataclasses.replace(item, inside=None),))
    if explain is not None:
        explain_statement([reading], explain)
    else:
        write([reading], chosen[0] if chosen else Format.TERMINAL)


def prune(library: Where) -> None:
    """Remove readings that newer ones have taken the place of, and give their space back to the disk."""
    from reportedly.store import Library

    with Library(library, create=False) as opened:
        print(f"{_count(opened.prune(), 'older reading')} removed")


def _overview(library: Library) -> None:
    """How much a library holds, and what could not be read for it."""
    print(f"{_count(len(library), 'article')} from {_count(len(library.sources), 'source')}")
    for failure in library.sources.failures():
        print(f"failed: {harmless(str(failure))}")


def _understood(call: Any, *arguments: Any, **named: Any) -> Any:
    """What a call gives; a query that cannot be understood is a mistake on the command line."""
    try:
        return call(*arguments, **named)
    except QueryError as error:
        raise typer.BadParameter(harmless(str(error))) from error


def _left_out(words: str) -> str:
    return f'-"{words}"'


def _value(choice: StrEnum | None) -> Any:
    return choice.value if choice is not None else None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 else ''}"
