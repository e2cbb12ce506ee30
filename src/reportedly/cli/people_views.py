"""People in the terminal: lists, one person, suggestions and the log. Calm, and fit to be piped."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.export.words import one_line
from reportedly.store.judgements import Judgement
from reportedly.store.persons import Appearance, People, PeopleQuery, Person, PersonFile, Suggestion
from reportedly.store.results import Count

# Names and roles shown of one person.
_SHOWN = 5
_VERBS = {
    "merge": "are one",
    "confirm": "are one, as suggested",
    "split": "are two",
    "reject": "are not one",
    "rename": "renamed",
    "undo": "undo",
}


def show_list(found: People, query: PeopleQuery) -> None:
    """Print a page of people."""
    console = _console()
    if not found.people:
        console.print(Text("Nobody found", style="bold"))
        return
    last = query.offset + len(found.people)
    shown = f" · {query.offset + 1:,} to {last:,} shown" if found.total > len(found.people) else ""
    console.print(Text(f"{_count(found.total, 'speaker')}{shown}", style="bold"))
    table = _table("name", "role", "statements", "articles", "outlets", "last", "id")
    for column in table.columns[2:5]:
        column.justify = "right"
    for person in found.people:
        table.add_row(
            Text(one_line(person.name)),
            Text(_role(person), style="dim"),
            f"{person.statements:,}",
            f"{person.articles:,}",
            f"{person.outlets:,}",
            person.last or "",
            Text(one_line(person.id), style="dim"),
        )
    console.print(table)


def show_person(found: PersonFile) -> None:
    """Print all of a person."""
    console, person = _console(), found.person
    console.print(Text.assemble((one_line(person.name), "bold"), (f"  {one_line(person.id)}", "dim")))
    console.print(
        f"{person.type} · {_count(person.statements, 'statement')} in {_count(person.articles, 'article')}"
        f" of {_count(person.outlets, 'outlet')}{_period(person)}",
        soft_wrap=True,
    )
    for label, counts in (("Names", person.aliases), ("Roles", person.roles)):
        if counts:
            console.print(Text(f"{label}: {_counts(counts)}"), soft_wrap=True)
    console.print()
    table = _table("published", "outlet", "name", "role", "why", "mention")
    for one in found.appearances:
        table.add_row(
            one.published or "",
            Text(one_line(one.outlet or "")),
            Text(one_line(one.name)),
            Text(one_line(", ".join(one.roles))),
            Text(_why(one), style="dim"),
            Text(one_line(one.id), style="dim"),
        )
    console.print(table)
    if found.judgements:
        console.print()
        show_log(found.judgements)


def show_suggestions(found: Sequence[Suggestion]) -> None:
    """Print who may be one person."""
    console = _console()
    if not found:
        console.print(Text("No suggestions", style="bold"))
    for suggestion in found:
        sure = f"{suggestion.words} ({suggestion.score:.2f})"
        console.print(
            Text.assemble((sure, "bold"), f": {'; '.join(map(one_line, suggestion.evidence))}"), soft_wrap=True
        )
        for person in (suggestion.one, suggestion.other):
            text = Text.assemble(
                one_line(person.name),
                (f", {role}" if (role := _role(person)) else "", "dim"),
                (f" · {_count(person.statements, 'statement')}{_period(person)} · {one_line(person.id)}", "dim"),
            )
            console.print(Text("  ").append_text(text), soft_wrap=True)


def show_log(entries: Sequence[Judgement]) -> None:
    """Print judgements."""
    console = _console()
    if not entries:
        console.print(Text("Nothing was judged yet", style="bold"))
        return
    table = _table("no.", "when", "who", "what")
    table.columns[0].justify = "right"
    for entry in entries:
        style = "dim strike" if entry.undone else ""
        what = f"{' / '.join(map(one_line, entry.names))}: {_VERBS[entry.act]}"
        what += f" “{one_line(entry.name)}”" if entry.name is not None else ""
        what += f" — {one_line(entry.note)}" if entry.note else ""
        what += " (undone)" if entry.undone else ""
        table.add_row(
            str(entry.number), entry.at[:16].replace("T", " "), Text(one_line(entry.by)), Text(what, style=style)
        )
    console.print(table)


def _console() -> Console:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 200  # a pipe has no edge
    return console


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _role(person: Person) -> str:
    return one_line(person.roles[0].value) if person.roles else "" if person.type == "person" else person.type


def _period(person: Person) -> str:
    if person.first is None or person.last is None:
        return ""
    return f" · {person.first}" + (f" to {person.last}" if person.last != person.first else "")


def _why(one: Appearance) -> str:
    return f"{one.rule} ({one.score:.2f})" if one.rule is not None else ""


def _counts(counts: Sequence[Count]) -> str:
    shown = [f"{one_line(count.value)} {count.count:,}" for count in counts[:_SHOWN]]
    return " · ".join([*shown, *([f"{len(counts) - _SHOWN:,} more"] if len(counts) > _SHOWN else [])])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 else ''}"
