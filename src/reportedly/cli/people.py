"""The commands about the people of a library: ``speakers LIBRARY`` with ``list``, ``show``, ``merge`` and so on."""

from __future__ import annotations

import getpass
import json as json_module
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from reportedly.cli.library import SpeakerKind
from reportedly.errors import QueryError
from reportedly.export.words import harmless

if TYPE_CHECKING:
    from reportedly.store import Library
    from reportedly.store.judgements import Judgement

_LIST = "list"


class _LibraryFirst(TyperGroup):
    """``speakers LIBRARY --like NAME`` is ``speakers LIBRARY list --like NAME``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the command that is meant where none is named."""
        if args and not args[0].startswith("-") and (len(args) == 1 or args[1] not in self.commands):
            args = [args[0], _LIST, *args[1:]] if args[1:] != ["--help"] else args
        return super().parse_args(ctx, args)


app = typer.Typer(cls=_LibraryFirst, no_args_is_help=True, help="Who speaks in a library, across articles.")

Who = Annotated[str, typer.Argument(metavar="WHO", help="An id as the list shows it, or a name that only one bears.")]
By = Annotated[str | None, typer.Option(help="Who judges; by default the user of this computer.")]
Note = Annotated[str, typer.Option(help="Why: kept with the judgement.")]
Json = Annotated[bool, typer.Option("--json", help="As one JSON object.")]


@app.callback()
def speakers(
    context: typer.Context,
    library: Annotated[
        str, typer.Argument(metavar="LIBRARY", help="The library: a file, or a URL (postgresql://USER@HOST/DATABASE).")
    ],
) -> None:
    """List the people of a library, and judge who of them is one."""
    context.obj = library


def _opened(context: typer.Context) -> Library:
    from reportedly.store import Library

    return Library(str(context.obj), create=False)


@app.command(_LIST)
def list_(
    context: typer.Context,
    like: Annotated[str, typer.Option(metavar="NAME", help="Words that one of the names begins with.")] = "",
    type_: Annotated[SpeakerKind | None, typer.Option("--type", help="What kind of speaker.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only who speaks in this outlet.")] = None,
    sort: Annotated[str, typer.Option(help="statements, articles, last or name.")] = "statements",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="People on a page.")] = 20,
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    json: Json = False,
) -> None:
    """List people and organisations, the most quoted first."""
    from reportedly.store.persons import PeopleQuery

    with _told(), _opened(context) as library:
        query = PeopleQuery(
            like=like,
            type=type_.value if type_ is not None else None,
            outlet=outlet,
            sort=sort,  # type: ignore[arg-type]  # checked there
            limit=limit,
            offset=(page - 1) * limit,
        )
        found = library.people(query)
    if json:
        _print(found.to_record())
    else:
        from reportedly.cli.people_views import show_list

        show_list(found, query)


@app.command()
def show(context: typer.Context, who: Who, json: Json = False) -> None:
    """Show a person: names, roles, where they speak, why these are one, and what was judged."""
    with _told(), _opened(context) as library:
        found = library.person(who)
    if json:
        _print(found.to_record())
    else:
        from reportedly.cli.people_views import show_person

        show_person(found)


@app.command()
def merge(
    context: typer.Context,
    who: Who,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Who that is as well.")],
    by: By = None,
    note: Note = "",
) -> None:
    """Say that two are one person."""
    with _told(), _opened(context) as library:
        _judged(library.merge(who, other, by=_judge(by), note=note))


@app.command()
def split(
    context: typer.Context,
    who: Who,
    mentions: Annotated[
        list[str], typer.Argument(metavar="MENTION...", help="Mentions of another person: ids as `show` prints them.")
    ],
    by: By = None,
    note: Note = "",
) -> None:
    """Say that some mentions of a person are another's."""
    with _told(), _opened(context) as library:
        _judged(library.split(who, *mentions, by=_judge(by), note=note))


@app.command()
def rename(
    context: typer.Context,
    who: Who,
    name: Annotated[str, typer.Argument(help="The name to be shown; articles keep theirs.")],
    by: By = None,
    note: Note = "",
) -> None:
    """Give a person a name to be shown under."""
    with _told(), _opened(context) as library:
        _judged(library.rename(who, name, by=_judge(by), note=note))


@app.command()
def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The judgement's number, as `log` prints it.")],
    by: By = None,
    note: Note = "",
) -> None:
    """Take a judgement back; an undo can be undone as well."""
    with _told(), _opened(context) as library:
        _judged(library.undo(number, by=_judge(by), note=note))


@app.command()
def suggest(
    context: typer.Context,
    who: Annotated[str | None, typer.Argument(metavar="WHO", help="Only suggestions with this person.")] = None,
    accept: Annotated[
        tuple[str, str] | None, typer.Option(metavar="WHO OTHER", help="Say that these two are one.")
    ] = None,
    reject: Annotated[
        tuple[str, str] | None, typer.Option(metavar="WHO OTHER", help="Say that these two are not one.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many suggestions.")] = 20,
    by: By = None,
    note: Note = "",
    json: Json = False,
) -> None:
    """List who may be one person, the likeliest first, with what speaks for it; or decide about two of them."""
    if sum(choice is not None for choice in (who, accept, reject)) > 1:
        raise typer.BadParameter("choose one of WHO, --accept and --reject")
    with _told(), _opened(context) as library:
        if accept is not None:
            _judged(library.confirm(*accept, by=_judge(by), note=note))
        elif reject is not None:
            _judged(library.reject(*reject, by=_judge(by), note=note))
        else:
            found = library.suggestions(who, limit=limit)
            if json:
                _print({"suggestions": [one.to_record() for one in found]})
            else:
                from reportedly.cli.people_views import show_suggestions

                show_suggestions(found)


@app.command()
def log(
    context: typer.Context,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Whole, a judgement a line, as `import` takes it into another library.")
    ] = False,
    json: Json = False,
) -> None:
    """Print all that was judged, and what of it was taken back."""
    with _told(), _opened(context) as library:
        entries = list(library.judgements())
    if jsonl:
        for entry in entries:
            print(entry.to_json())
    elif json:
        _print({"judgements": [entry.to_record() for entry in entries]})
    else:
        from reportedly.cli.people_views import show_log

        show_log(entries)


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `log --jsonl` printed; - is standard input.")],
) -> None:
    """Take over the judgements of another library, for the articles that both have."""
    with _told(), _opened(context) as library:
        new, known = library.take_judgements(_entries(file))
    print(f"{new} judgement{'s' if new != 1 else ''} taken over, {known} there already", file=sys.stderr)


def _entries(name: str) -> Iterator[Judgement]:
    from reportedly.store.judgements import Judgement

    try:
        with sys.stdin if name == "-" else Path(name).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield Judgement.from_json(line, f"{name}#{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{harmless(name)} cannot be read ({error})") from error


@contextmanager
def _told() -> Iterator[None]:
    """What makes no sense is a mistake on the command line."""
    try:
        yield
    except QueryError as error:
        raise typer.BadParameter(harmless(str(error))) from error


def _judge(by: str | None) -> str:
    try:
        return by if by is not None else getpass.getuser()
    except (OSError, KeyError) as error:  # a computer without users
        raise typer.BadParameter("say who judges: --by NAME") from error


def _judged(entry: Judgement) -> None:
    names = " and ".join(f"“{harmless(name)}”" for name in entry.names)
    print(f"judgement {entry.number}: {entry.act} {names}; take it back with: undo {entry.number}", file=sys.stderr)


def _print(record: dict[str, Any]) -> None:
    print(json_module.dumps(record, ensure_ascii=False, indent=1))
