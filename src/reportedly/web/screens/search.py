"""*Search*: statements by words and by who said them, where, when and how; and the sentences behind every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi import Query as Parameter

from reportedly.errors import QueryError
from reportedly.export.words import QUOTATIONS, STANCES, one_line
from reportedly.schema import Quotation, SpeakerType, Stance
from reportedly.store import Count, Facet, Hit, Query, Results
from reportedly.store.profile import listed
from reportedly.store.results import PersonCount
from reportedly.web import sentences
from reportedly.web.desk import AtDesk
from reportedly.web.scope import TYPES, AskedArticles, AskedStatements, Day, Flag, Scope, Words, flag
from reportedly.web.screen import MOST_ROWS, Paged, Paging, Table, screen
from reportedly.web.sentences import Sentence

router = APIRouter()

# Hits on a page, where nothing else is asked for: some are whole paragraphs.
HITS = 20

# Facets in the order in which they stand beside the hits, with their headings and the words for their values.
_FACETS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "speaker": ("Speaker", {}),
    "speaker_type": ("Kind of speaker", TYPES),
    "outlet": ("Outlet", {}),
    "carrier": ("Carrier", {}),
    "quotation": ("Quotation", QUOTATIONS),
    "stance": ("Stance", STANCES),
    "anonymous": ("Source", {"yes": "without a name", "no": "with a name"}),
    "conditional": ("Condition", {"yes": "with a condition", "no": "without"}),
    "hedged": ("Hedge", {"yes": "with a hedge", "no": "without"}),
}
_TOLD: Mapping[str, str] = {
    "speaker": "speaker: {}",
    "person": "person: {}",
    "outlet": "outlet: {}",
    "carrier": "carrier: {}",
    "said_since": "said from {} on",
    "said_until": "said until {}",
    "since": "published from {} on",
    "until": "published until {}",
    "confidence": "confidence {} or more",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, as the address has it: empty where nothing is."""

    words: str = ""
    any_word: Flag = ""
    speaker: str = ""
    person: str = ""
    speaker_type: SpeakerType | Literal[""] = ""
    anonymous: Flag = ""
    carrier: str = ""
    outlet: str = ""
    said_since: str = ""
    said_until: str = ""
    since: str = ""
    until: str = ""
    quotation: Quotation | Literal[""] = ""
    stance: Stance | Literal[""] = ""
    conditional: Flag = ""
    hedged: Flag = ""
    confidence: str = ""
    sort: Literal["", "relevance", "date"] = ""

    def query(self, paged: Paged) -> Query:
        """The query. Raises QueryError where it cannot be understood."""
        return Query(
            words=self.words,
            any_word=self.any_word == "yes",
            speaker=self.speaker.strip() or None,
            person=self.person or None,
            speaker_type=self.speaker_type or None,
            anonymous=flag(self.anonymous),
            carrier=self.carrier.strip() or None,
            outlet=self.outlet.strip() or None,
            said_since=self.said_since or None,
            said_until=self.said_until or None,
            published_since=self.since or None,
            published_until=self.until or None,
            quotation=self.quotation or None,
            stance=self.stance or None,
            conditional=flag(self.conditional),
            hedged=flag(self.hedged),
            min_confidence=_share(self.confidence),
            sort=self.sort or None,
            limit=paged.rows,
            offset=paged.offset,
        )

    def chips(self) -> Iterator[tuple[str, str]]:
        """What narrows the search beside its words, each in words and with its parameter."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not value or field.name in ("words", "any_word", "sort"):
                continue
            if field.name in _TOLD:
                yield one_line(_TOLD[field.name].format(value)), field.name
            else:
                heading, told = _FACETS[field.name]
                yield f"{heading.lower()}: {told.get(value, value)}", field.name


def _share(given: str) -> float | None:
    if not given.strip():
        return None
    try:
        return float(given)
    except ValueError as error:
        raise QueryError(f"confidence {given!r:.40}: it is a number from 0 to 1, as in 0.5") from error


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet beside the hits: its heading, and values with their field and value in the address, and their number."""

    heading: str
    values: tuple[tuple[str, str, str, int], ...]
    others: int


@dataclass(frozen=True, slots=True)
class SearchView:
    """What was found, or why nothing can be looked for."""

    asked: Asked
    paged: Paged
    results: Results | None
    trouble: QueryError | None = None

    @property
    def title(self) -> str:
        """The words that were looked for."""
        return f"{one_line(self.asked.words)} – search" if self.asked.words.strip() else "Search"

    @property
    def found(self) -> list[Sentence]:
        """The hits of this page."""
        return sentences.sentences(self.results.hits) if self.results is not None else []

    @property
    def facets(self) -> list[ShownFacet]:
        """The facets by which the search can still be narrowed."""
        by_name = {facet.field: facet for facet in self.results.facets} if self.results is not None else {}
        return [
            _shown(by_name[name])
            for name in _FACETS
            if name in by_name and not self._is_set(name) and len(by_name[name].counts) > 1
        ]

    def _is_set(self, facet: str) -> bool:
        return bool(getattr(self.asked, facet)) or (facet == "speaker" and bool(self.asked.person))

    @property
    def types(self) -> list[tuple[str, str]]:
        """Kinds of speaker to choose from."""
        return list(TYPES.items())

    @property
    def quotations(self) -> list[tuple[str, str]]:
        """Kinds of quotation to choose from."""
        return list(QUOTATIONS.items())

    @property
    def stances(self) -> list[tuple[str, str]]:
        """Stances to choose from."""
        return list(STANCES.items())

    @property
    def sort(self) -> str:
        """What comes first."""
        return self.asked.sort or ("relevance" if self.asked.words.strip() else "date")

    @property
    def has_more_open(self) -> bool:
        """Whether anything is asked that only the further fields show."""
        return any(True for _ in self.asked.chips()) or bool(self.asked.any_word)

    def record(self) -> dict[str, Any]:
        """Hits, total and counts. Raises QueryError where the words cannot be understood."""
        return {"page": self.paged.page, "rows": self.paged.rows, **self._results().to_record()}

    def table(self) -> Table:
        """A hit a row."""
        return sentences.table(self._results().hits)

    def _results(self) -> Results:
        if self.results is None:
            raise self.trouble or QueryError("nothing was looked for")
        return self.results


def _shown(facet: Facet) -> ShownFacet:
    heading, told = _FACETS[facet.field]
    return ShownFacet(heading, tuple(_shown_value(facet.field, told, one) for one in facet.counts), facet.others)


def _shown_value(field: str, told: Mapping[str, str], one: Count) -> tuple[str, str, str, int]:
    if isinstance(one, PersonCount):  # under whatever names articles have them
        return one_line(one.value), "person", one.person, one.count
    return one_line(told.get(one.value, one.value)), field, one.value, one.count


def asked(
    words: Annotated[
        str,
        Parameter(
            max_length=500, description='Words, "phrases", prefix*, OR between two, -without; all must be there.'
        ),
    ] = "",
    any_word: Annotated[Flag, Parameter(description="One of the words is enough.")] = "",
    speaker: Annotated[Words, Parameter(description="Words of the speaker's name.")] = "",
    person: Annotated[Words, Parameter(description="The id of a person, under whatever names.")] = "",
    speaker_type: Annotated[SpeakerType | Literal[""], Parameter(description="What kind of speaker.")] = "",
    anonymous: Annotated[Flag, Parameter(description="Only sources without, or with, a name.")] = "",
    carrier: Annotated[Words, Parameter(description="Words of a carrier's name.")] = "",
    outlet: Annotated[Words, Parameter(description="Words of the outlet's name.")] = "",
    said_since: Day = "",
    said_until: Day = "",
    since: Day = "",
    until: Day = "",
    quotation: Annotated[Quotation | Literal[""], Parameter(description="What kind of quotation.")] = "",
    stance: Annotated[Stance | Literal[""], Parameter(description="What the source does with the words.")] = "",
    conditional: Annotated[Flag, Parameter(description="Only with, or without, a condition.")] = "",
    hedged: Annotated[Flag, Parameter(description="Only with, or without, a hedge.")] = "",
    confidence: Annotated[str, Parameter(max_length=8, description="The least confidence, from 0 to 1.")] = "",
    sort: Annotated[
        Literal["", "relevance", "date"], Parameter(description="By default relevance; without words, date.")
    ] = "",
) -> Asked:
    """What an address asks."""
    return Asked(
        words=words,
        any_word=any_word,
        speaker=speaker,
        person=person,
        speaker_type=speaker_type,
        anonymous=anonymous,
        carrier=carrier,
        outlet=outlet,
        said_since=said_since,
        said_until=said_until,
        since=since,
        until=until,
        quotation=quotation,
        stance=stance,
        conditional=conditional,
        hedged=hedged,
        confidence=confidence,
        sort=sort,
    )


def page_of_hits(
    page: Annotated[int, Parameter(ge=1, le=100_000, description="Which page of the hits.")] = 1,
    rows: Annotated[int, Parameter(ge=1, le=MOST_ROWS, description="Hits on a page.")] = HITS,
) -> Paged:
    """The part of the hits that an address asks for."""
    return Paged(page, rows)


@screen(router, "/search", "search.html", section="search")
def search(
    desk: AtDesk, given: Annotated[Asked, Depends(asked)], paging: Annotated[Paged, Depends(page_of_hits)]
) -> SearchView:
    """Statements, by words and by who said them, where, when and how; with counts by which they can be narrowed."""
    try:
        return SearchView(given, paging, desk.library.search(given.query(paging)))
    except QueryError as error:
        return SearchView(given, paging, None, error)


@dataclass(frozen=True, slots=True)
class StatementsView:
    """The sentences behind a number."""

    scope: Scope
    paged: Paged
    hits: tuple[Hit, ...]
    total: int

    title: str = "Statements"

    @property
    def found(self) -> list[Sentence]:
        """Those of this page."""
        return sentences.sentences(self.hits)

    def record(self) -> dict[str, Any]:
        """Statements, and how many there are in all."""
        return {
            "scope": self.scope.query(),
            "total": self.total,
            "page": self.paged.page,
            "rows": self.paged.rows,
            "hits": [hit.to_record() for hit in self.hits],
        }

    def table(self) -> Table:
        """A statement a row."""
        return sentences.table(self.hits)


@screen(router, "/statements", "statements.html", section="search")
def statements(desk: AtDesk, articles: AskedArticles, which: AskedStatements, paging: Paging) -> StatementsView:
    """The sentences behind a number of a profile or an inventory: whole names, and how they are sourced."""
    hits, total = listed(desk.library, articles, which, paging.rows, paging.offset)
    return StatementsView(Scope(articles, which), paging, hits, total)
