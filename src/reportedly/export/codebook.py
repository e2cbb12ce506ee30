"""The codebook of the four tables, as Markdown: every column's meaning, type, values and what is missing.

It is made from the tables and the schema, so it cannot say anything else than they do. ``docs/codebook.md`` is this:
``python -m reportedly.export.codebook > docs/codebook.md``.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import get_args

from reportedly.export.tables import TABLES, Column, Kind, Row, columns
from reportedly.schema import SCHEMA_VERSION, CarrierType, Quotation, SpeakerType, Stance

CODEBOOK = "codebook.md"

# What each value of a coded column means.
MEANINGS: dict[object, dict[str, str]] = {
    Quotation: {
        "direct": "all of the content's words are inside quotation marks",
        "indirect": "none are",
        "mixed": "some are",
    },
    Stance: {
        "asserts": "says that it is so",
        "denies": "says that it is not so, or rejects it",
        "asks": "asks a question, or requests it",
        "commits": "promises, offers, threatens or intends it",
        "wants": "wishes, demands or urges it",
        "believes": "thinks, expects, fears or feels it",
        "withholds": "declines to say",
    },
    SpeakerType: {
        "person": "a named person",
        "unnamed": "a person or persons without a name",
        "organisation": "a government, party, company, court, also by its seat",
        "outlet": "a news medium that speaks itself",
        "document": "a poll, report, law or letter that speaks itself",
        "group": "an open class of people: voters, critics",
        "author": "the article's own “I” or “we”",
        "unknown": "nobody is identifiable",
    },
    CarrierType: {
        "agency": "a news agency",
        "outlet": "another news medium",
        "document": "a statement, letter, filing or book",
        "platform": "a social network or the like",
        "person": "someone who tells what another said",
    },
}

_TYPES: dict[Kind, str] = {
    "text": "text",
    "whole number": "whole number",
    "number": "number",
    "true or false": "`true` or `false`",
    "spans": "spans",
}

_HEAD = f"""# Codebook

Four tables, as `reportedly export --format csv` and `--format parquet` write them (schema {SCHEMA_VERSION}). They join
on the columns of one name: `article`, `attribution`, `speaker`. Keys are numbers within one export; `article.id` and
the spans are the same in every export.

- **Spans** are code points of `article.text`, from 0, the end not included. In CSV they are written `97-150 160-170`;
  in Parquet they are lists of `start` and `end`.
- **Words** of several spans are joined by ` [...] `.
- **Missing** is an empty cell in CSV and null in Parquet; a column of spans is empty where there are none. CSV does not
  tell an empty text from a missing one.
- **CSV** cells of text that a spreadsheet could take for a formula, and those that begin with an apostrophe, have an
  apostrophe before them: take one away to get the text. Tables written with `--raw` have none.
- NUL and lone surrogates, which files cannot hold, stand as ␀ and �, one for one.
"""


def codebook() -> str:
    """The codebook, as one page of Markdown."""
    return "\n".join([_HEAD, *(_table(name, *TABLES[name]) for name in TABLES), *_values()])


def _table(name: str, table: type[Row], record: type) -> str:
    about = f"{_summary(table)} {record.__name__}: {_summary(record)}"
    head = ["| column | meaning | type | may be missing |", "|---|---|---|---|"]
    lines = [f"| `{one.name}` | {one.meaning} | {_type(one)} | {_missing(one)} |" for one in columns(table)]
    return "\n".join([f"## {name}", "", about, "", *head, *lines, ""])


def _summary(documented: type) -> str:
    """The first paragraph of a docstring."""
    return " ".join((inspect.getdoc(documented) or "").partition("\n\n")[0].split())


def _type(column: Column) -> str:
    if column.choices is None:
        return _TYPES[column.kind]
    return ", ".join(f"`{value}`" for value in get_args(column.choices))


def _missing(column: Column) -> str:
    return "yes" if column.optional else "no"


def _values() -> Iterator[str]:
    """What the values of each coded column mean."""
    yield "## Values\n"
    for choices, meanings in MEANINGS.items():
        where = ", ".join(
            f"`{name}.{column.name}`"
            for name, (table, _) in TABLES.items()
            for column in columns(table)
            if column.choices == choices
        )
        lines = [f"| `{value}` | {meaning} |" for value, meaning in meanings.items()]
        yield "\n".join([f"{where}:", "", "| value | meaning |", "|---|---|", *lines, ""])


if __name__ == "__main__":
    sys.stdout.write(codebook())
