"""*Speaker*: what somebody is said to have said, on a line of time and as sentences; and the list of speakers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Path, Query
from starlette.responses import Response

from reportedly.export.words import one_line
from reportedly.schema import SpeakerType
from reportedly.store.columns import (
    LONGEST_HEADING,
    LONGEST_VALUE,
    Own,
    OwnChange,
    own_changes,
    own_columns,
    write_own,
)
from reportedly.store.judgements import LONGEST_NOTE
from reportedly.store.persons import Order, People, PeopleQuery, Person, PersonFile, Suggestion
from reportedly.store.results import Count, Hit
from reportedly.store.selection import Statements
from reportedly.store.speaker import Said, Shape, SpeakerFacts, said_by, speaker_facts
from reportedly.web import links, sentences
from reportedly.web.days import day_in_words
from reportedly.web.desk import AtDesk
from reportedly.web.guard.door import Visitor, Who
from reportedly.web.scope import TYPES, AskedArticles, Name, Scope
from reportedly.web.screen import Paged, Paging, Table, screen, see
from reportedly.web.sentences import Sentence
from reportedly.web.timeline import SHAPES, SLIM, WIDE, Timeline, timeline

router = APIRouter()

# Who judges where nobody need log in: whoever sits at this machine.
NOBODY = "at this machine"
# Suggestions of who else somebody may be.
MOST_SUGGESTIONS = 5

Id = Annotated[str, Path(max_length=1200, description="The id of a person, or of any mention of theirs.")]
Other = Annotated[str, Form(max_length=1200)]
Note = Annotated[str, Form(max_length=LONGEST_NOTE)]


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """One person: facts, a part of the statements, and what people say of them."""

    file: PersonFile
    facts: SpeakerFacts
    said: Said
    hits: tuple[Hit, ...]
    total: int
    paged: Paged
    own: dict[str, str]
    changes: tuple[OwnChange, ...]
    suggestions: tuple[Suggestion, ...] | None

    @property
    def title(self) -> str:
        """The name."""
        return one_line(self.file.person.name)

    @property
    def kind(self) -> str:
        """What kind of speaker."""
        return TYPES[self.file.person.type]

    @property
    def period(self) -> str:
        """From when to when."""
        first, last = day_in_words(self.facts.first), day_in_words(self.facts.last)
        return first if first == last else f"{first} to {last}"

    @property
    def timelines(self) -> list[Timeline]:
        """The statements on a line of time: drawn for a wide page, and for a narrow one."""
        drawn = (timeline(self.facts.points, self.facts.bucket, form) for form in (WIDE, SLIM))
        return [one for one in drawn if one is not None]

    @property
    def found(self) -> list[Sentence]:
        """The statements of this page."""
        return sentences.sentences(self.hits)

    def other(self, suggestion: Suggestion) -> Person:
        """Who this may be besides."""
        return suggestion.other if suggestion.one.id == self.file.person.id else suggestion.one

    def chips(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What narrows the statements, with the parameters of each."""
        yield from Scope(self.said.articles, self.said.statements).chips()
        if self.said.shape is not None:
            yield SHAPES[self.said.shape], ("shape",)

    def here(self, **filters: object) -> str:
        """The statements on this page with only these filters."""
        return f"{links.speaker(self.file.person.id, **filters)}#said"

    def record(self) -> dict[str, Any]:
        """Who it is, the facts, and a part of the statements."""
        facts = self.facts
        return {
            **self.file.to_record(),
            "own_columns": self.own,
            "words": facts.amount.words,
            "first_hand": facts.first_hand,
            "declined": facts.declined,
            "shapes": {shape: facts.shapes.get(shape, 0) for shape in SHAPES},
            "in_outlets": _counts(facts.outlets),
            "carriers": [asdict(one) for one in facts.carriers],
            "timeline": {"by": facts.bucket, "undated": facts.undated, "points": [asdict(one) for one in facts.points]},
            "total": self.total,
            "page": self.paged.page,
            "rows": self.paged.rows,
            "hits": [hit.to_record() for hit in self.hits],
            "suggestions": [one.to_record() for one in self.suggestions] if self.suggestions is not None else None,
        }

    def table(self) -> Table:
        """A statement a row."""
        return sentences.table(self.hits)


def _counts(counts: tuple[Count, ...]) -> list[dict[str, Any]]:
    return [{"name": one.value, "statements": one.count} for one in counts]


@screen(router, "/speaker/{person}", "speaker.html", section="speakers")
def speaker(
    desk: AtDesk,
    person: Id,
    articles: AskedArticles,
    paging: Paging,
    carrier: Annotated[Name, Query(description="Through this carrier: its whole name.")] = "",
    role: Annotated[Name, Query(description="In this role: all of its words.")] = "",
    called: Annotated[Name, Query(description="Under this name: all of it.")] = "",
    rungs: Annotated[Literal["", "0"], Query(description="0: first hand only.")] = "",
    stance: Annotated[Literal["", "withholds"], Query(description="Only what they declined to say.")] = "",
    shape: Annotated[Shape | Literal[""], Query(description="How it stands on the line of time.")] = "",
    others: Annotated[
        Literal["", "yes"], Query(description="Look for others who may be the same, which takes time.")
    ] = "",
) -> SpeakerView:
    """One person or organisation: the statements by date and outlet, names and roles used, carriers, own columns."""
    file = desk.library.person(person)
    id_ = file.person.id
    facts = speaker_facts(desk.library, id_)
    if facts is None:
        raise HTTPException(404, "Nothing is left in the library of what they said.")
    which = Statements(
        carrier=carrier or None,
        role=role or None,
        speaker=called or None,
        rungs=0 if rungs else None,
        stance=stance or None,
    )
    said = Said(articles, which, shape or None)
    hits, total = said_by(desk.library, id_, said, paging.rows, paging.offset)
    return SpeakerView(
        file=file,
        facts=facts,
        said=said,
        hits=hits,
        total=total,
        paged=paging,
        own=own_columns(desk.library, id_),
        changes=own_changes(desk.library, person=id_),
        suggestions=desk.library.suggestions(id_, MOST_SUGGESTIONS) if others else None,
    )


@router.post("/speaker/{person}/own", include_in_schema=False)
def set_own(
    desk: AtDesk,
    who: Who,
    person: Id,
    heading: Annotated[str, Form(max_length=LONGEST_HEADING)] = "",
    value: Annotated[str, Form(max_length=LONGEST_VALUE)] = "",
) -> Response:
    """Write into an own column of somebody."""
    write_own(desk.library, [Own(person, heading, value)], name_of(who))
    return see(f"{links.speaker(person)}#own")


@router.post("/speaker/{person}/merge", include_in_schema=False)
def merge(desk: AtDesk, who: Who, person: Id, other: Other = "", note: Note = "") -> Response:
    """Say that somebody is the same person as another."""
    desk.library.merge(person, other.strip(), by=name_of(who), note=note)
    return see(f"{links.speaker(person)}#log")


@router.post("/speaker/{person}/judge", include_in_schema=False)
def judge(
    desk: AtDesk, who: Who, person: Id, other: Other, act: Annotated[Literal["confirm", "reject"], Form()]
) -> Response:
    """Say that a suggestion is right, or that the two are not one."""
    (desk.library.confirm if act == "confirm" else desk.library.reject)(person, other, by=name_of(who))
    return see(f"{links.speaker(person)}#log")


@router.post("/speaker/{person}/split", include_in_schema=False)
def split(
    desk: AtDesk,
    who: Who,
    person: Id,
    mentions: Annotated[list[str], Form(max_length=1000)] = [],  # noqa: B006
    note: Note = "",
) -> Response:
    """Say that some mentions of somebody are another's."""
    desk.library.split(person, *mentions, by=name_of(who), note=note)
    return see(f"{links.speaker(person)}#log")


@router.post("/speaker/{person}/rename", include_in_schema=False)
def rename(desk: AtDesk, who: Who, person: Id, name: Other = "") -> Response:
    """Give somebody another name to be shown under."""
    desk.library.rename(person, name, by=name_of(who))
    return see(links.speaker(person))


@router.post("/speaker/{person}/undo", include_in_schema=False)
def undo(desk: AtDesk, who: Who, person: Id, number: Annotated[int, Form(ge=1)]) -> Response:
    """Take a judgement back."""
    desk.library.undo(number, by=name_of(who))
    return see(f"{links.speaker(person)}#log")


def name_of(who: Visitor) -> str:
    """The name that a judgement is signed with."""
    return who.name or NOBODY


@dataclass(frozen=True, slots=True)
class SpeakersView:
    """A part of the list of those who are named."""

    people: People
    paged: Paged
    asked: PeopleQuery

    title: str = "Speakers"

    @property
    def types(self) -> list[tuple[str, str]]:
        """Kinds that people have, to choose from."""
        return [(key, TYPES[key]) for key in ("person", "organisation", "outlet", "unknown")]

    def record(self) -> dict[str, Any]:
        """The list, and how long it is in all."""
        return {"page": self.paged.page, "rows": self.paged.rows, **self.people.to_record()}

    def table(self) -> Table:
        """Somebody a row."""
        return Table(
            ("id", "name", "type", "statements", "articles", "outlets", "first", "last", "names", "roles"),
            [
                (
                    one.id,
                    one.name,
                    one.type,
                    one.statements,
                    one.articles,
                    one.outlets,
                    one.first,
                    one.last,
                    "; ".join(count.value for count in one.aliases),
                    "; ".join(count.value for count in one.roles),
                )
                for one in self.people.people
            ],
        )


@screen(router, "/speakers", "speakers.html", section="speakers")
def speaker_list(
    desk: AtDesk,
    paging: Paging,
    order: Annotated[Order, Query(description="What comes first.")] = "statements",
    like: Annotated[str, Query(max_length=200, description="Words that the name begins with, in any order.")] = "",
    type: Annotated[SpeakerType | Literal[""], Query(description="What kind of speaker.")] = "",  # noqa: A002
    outlet: Annotated[Name, Query(description="Quoted by this outlet: its whole name.")] = "",
    joined: Annotated[Literal["", "yes"], Query(description="Only those who were met in more than one article.")] = "",
) -> SpeakersView:
    """The people and organisations that are named in the library."""
    asked = PeopleQuery(like, type or None, outlet or None, joined == "yes" or None, order, paging.rows, paging.offset)
    return SpeakersView(desk.library.people(asked), paging, asked)
