"""Which articles and which of their statements a page is about, as its address says it.

A number and the page of its sentences have the same parameters, so a link from one to the other is the scope and what
the number counts besides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal

from fastapi import Depends, Query

from reportedly.export.words import QUOTATIONS, STANCES, one_line
from reportedly.schema import Quotation, SpeakerType, Stance
from reportedly.store.selection import MANY, Articles, Sources, Standing, Statements
from reportedly.web import links
from reportedly.web.charts import Part
from reportedly.web.screens.home import STANDINGS as _STANDINGS

Flag = Literal["", "yes", "no"]
Name = Annotated[str, Query(max_length=1000)]
Words = Annotated[str, Query(max_length=300)]
Day = Annotated[str, Query(max_length=10, description="An ISO day, month, week or year: 2034-09-13, 2034-09, 2034.")]

# What stands behind a statement, in words, with the colour and pattern of its part of a bar.
STANDINGS = {key: (label, fill, pattern) for key, label, fill, pattern in _STANDINGS}
SOURCES: Mapping[Sources, str] = {"none": "no source", "one": "one source", "several": "several sources"}
TYPES: Mapping[str, str] = {
    "person": "person",
    "organisation": "organisation",
    "outlet": "outlet",
    "document": "document",
    "group": "group",
    "unnamed": "unnamed",
    "author": "author",
    "unknown": "kind unclear",
}


def rungs_in_words(rungs: int) -> str:
    """How many hands a statement came through."""
    if rungs >= MANY:
        return f"through {MANY} or more carriers"
    return ("first hand", "through one carrier", "through two carriers")[rungs]


@dataclass(frozen=True, slots=True)
class Scope:
    """Articles, and statements of them."""

    articles: Articles
    statements: Statements

    def query(self) -> dict[str, str]:
        """The parameters of an address that means it."""
        return {**_given(self.articles, {"key": "article"}), **_given(self.statements, {"article": "rests"})}

    def to(self, **also: object) -> str:
        """The sentences in it, with what a number counts besides."""
        return links.statements(**{**self.query(), **{key: _in_address(value) for key, value in also.items()}})

    def chips(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What narrows it, in words, each with its parameters."""
        for key, told in _ARTICLES_TOLD.items():
            value = getattr(self.articles, key)
            if value not in (None, ""):
                yield one_line(told.format(value)), (("article" if key == "key" else key),)
        which = self.statements
        if which.heading is not None:
            yield one_line(f"{which.heading}: {which.value or 'no entry'}"), ("heading", "value")
        for key, tell in _STATEMENTS_TOLD.items():
            value = getattr(which, key)
            if value is not None and value is not False:
                yield one_line(tell(value)), (("rests" if key == "article" else key),)

    def standings(self, numbers: Mapping[str, int]) -> list[Part]:
        """What stands behind so many statements (or so many words): the parts of a bar, each with its sentences."""
        return [
            Part(label, numbers.get(key, 0), fill, pattern, self.to(standing=key))
            for key, (label, fill, pattern) in STANDINGS.items()
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything narrows it."""
        return bool(self.query())


_ARTICLES_TOLD = {
    "key": "article {}",
    "outlet": "outlet: {}",
    "author": "author: {}",
    "since": "published from {} on",
    "until": "published until {}",
    "words": "articles with “{}”",
}
_STATEMENTS_TOLD: Mapping[str, Callable[[Any], str]] = {
    "person": lambda value: f"person: {value}",
    "speaker": lambda value: f"speaker: {value}",
    "standing": lambda value: STANDINGS[value][0],
    "type": lambda value: f"kind: {TYPES[value]}",
    "role": lambda value: f"role: {value}",
    "carrier": lambda value: f"carrier: {value}",
    "quotation": lambda value: QUOTATIONS[value],
    "stance": lambda value: STANCES[value],
    "answered": lambda value: "that say something" if value else "that decline to say something",
    "conditional": lambda value: "with a condition" if value else "without a condition",
    "hedged": lambda value: "with a hedge" if value else "without a hedge",
    "rungs": rungs_in_words,
    "paragraph": lambda value: f"in paragraphs that rest on {SOURCES[value]}",
    "article": lambda value: f"in articles that rest on {SOURCES[value]}",
    "sourced": lambda _: "surely said by a source",
}


def _given(record: Articles | Statements, names: Mapping[str, str]) -> dict[str, str]:
    """The fields that are not as they are by default, under their names in an address."""
    found = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if value != field.default:
            found[names.get(field.name, field.name)] = _in_address(value)
    return found


def _in_address(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def flag(value: Flag) -> bool | None:
    """What a choice of yes, no or neither means."""
    return None if value == "" else value == "yes"


def articles(
    article: Annotated[str, Query(max_length=16, description="One article: its id.")] = "",
    outlet: Annotated[Name, Query(description="Of this outlet: its whole name.")] = "",
    author: Annotated[Words, Query(description="Words that stand next to one another in the byline.")] = "",
    since: Annotated[Day, Query(description="Published on this day, month, week or year, or later.")] = "",
    until: Annotated[Day, Query(description="Published on this day, month, week or year, or earlier.")] = "",
    words: Annotated[Words, Query(description="Articles with these words in a statement.")] = "",
) -> Articles:
    """The articles that an address means."""
    return Articles(article or None, outlet or None, author.strip(), since or None, until or None, words.strip())


def statements(
    person: Annotated[Name, Query(description="By this person: the id.")] = "",
    speaker: Annotated[Name, Query(description="By a speaker of this name: all of it.")] = "",
    standing: Annotated[Standing | Literal[""], Query(description="What stands behind them.")] = "",
    type: Annotated[SpeakerType | Literal[""], Query(description="What kind of speaker.")] = "",  # noqa: A002
    role: Annotated[Name, Query(description="In this role: all of its words.")] = "",
    carrier: Annotated[Name, Query(description="Through this carrier: its whole name.")] = "",
    quotation: Annotated[Quotation | Literal[""], Query(description="How much of the words is quoted.")] = "",
    stance: Annotated[Stance | Literal[""], Query(description="What the source does with the words.")] = "",
    answered: Annotated[Flag, Query(description="Whether they say something, or decline to.")] = "",
    conditional: Annotated[Flag, Query(description="With or without a condition.")] = "",
    hedged: Annotated[Flag, Query(description="With or without a hedge.")] = "",
    rungs: Annotated[
        Literal["", "0", "1", "2", "3"], Query(description="How many carriers; 3 are three or more.")
    ] = "",
    paragraph: Annotated[Sources | Literal[""], Query(description="How many sources their paragraph has.")] = "",
    rests: Annotated[Sources | Literal[""], Query(description="How many sources their article has.")] = "",
    sourced: Annotated[Flag, Query(description="Only what a source surely said: no beliefs, no wishes.")] = "",
    heading: Annotated[Name, Query(description="An own column of the speaker.")] = "",
    value: Annotated[Name, Query(description="What stands in it; nothing: those without an entry.")] = "",
) -> Statements:
    """The statements that an address means."""
    return Statements(
        standing=standing or None,
        type=type or None,
        person=person or None,
        speaker=speaker or None,
        role=role or None,
        carrier=carrier or None,
        quotation=quotation or None,
        stance=stance or None,
        answered=flag(answered),
        conditional=flag(conditional),
        hedged=flag(hedged),
        rungs=int(rungs) if rungs else None,
        paragraph=paragraph or None,
        article=rests or None,
        sourced=sourced == "yes",
        heading=heading or None,
        value=value or None,
    )


AskedArticles = Annotated[Articles, Depends(articles)]
AskedStatements = Annotated[Statements, Depends(statements)]
