"""*Article*: its text with every statement marked, and beside each where it comes from; how a statement is cited."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request
from starlette.responses import PlainTextResponse, Response

from reportedly.errors import NotInLibraryError
from reportedly.export import cite, words
from reportedly.export.story import Story, story
from reportedly.schema import Attribution, Reading, Span, article_id, to_record
from reportedly.web import links
from reportedly.web.desk import AtDesk, Desk
from reportedly.web.screen import Table, screen, see

router = APIRouter()

Key = Annotated[str, Path(max_length=300, description="The id under which the library keeps the article.")]
Start = Annotated[int, Path(ge=0, le=10**9, description="The first character of the words.")]
End = Annotated[int, Path(ge=0, le=10**9, description="The first character after them.")]
Words = Annotated[
    str, Query(pattern=r"^(\d{1,9}-\d{1,9})?$", description="Words to be marked, as START-END.", max_length=19)
]

COLUMNS = (
    "n",
    "start",
    "end",
    "speaker",
    "type",
    "anonymous",
    "role",
    "via",
    "cue",
    "content",
    "quotation",
    "stance",
    "conditions",
    "hedges",
    "when",
    "inside",
    "confidence",
)


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its statements. ``key`` is None for one that is not in the library."""

    key: str | None
    reading: Reading
    pointed: Span | None = None

    @property
    def title(self) -> str:
        """The article's."""
        return words.headline(self.reading.article)

    @property
    def story(self) -> Story:
        """The text with its marks, and the notes."""
        return story(self.reading, pointed=self.pointed)

    def record(self) -> dict[str, Any]:
        """The record, as ``reportedly read --json`` prints it."""
        return to_record(self.reading)

    def table(self) -> Table:
        """A statement a row."""
        return Table(COLUMNS, [statement_row(self.reading, item) for item in self.reading.attributions])


def statement_row(reading: Reading, item: Attribution) -> tuple[object, ...]:
    """A statement as a row of ``COLUMNS``."""
    start, end = place(item)
    return (
        item.n,
        start,
        end,
        item.speaker.name,
        item.speaker.type,
        item.speaker.anonymous,
        item.speaker.role,
        " > ".join(carrier.name for carrier in item.via),
        words.quote(reading, item.cue),
        reading.quote(item),
        item.quotation,
        item.stance,
        words.quote(reading, item.conditions),
        words.quote(reading, item.hedges),
        item.when.date if item.when is not None else None,
        item.inside,
        item.confidence,
    )


def place(item: Attribution) -> Span:
    """From the first to the last character of what is said."""
    spans = item.content or item.source or item.cue or ((0, 0),)
    return min(start for start, _ in spans), max(end for _, end in spans)


@dataclass(frozen=True, slots=True)
class CiteView:
    """A statement, and how it is cited."""

    key: str
    reading: Reading
    item: Attribution
    address: str

    @property
    def title(self) -> str:
        """What is cited."""
        return f"Cite: {words.headline(self.reading.article)}"

    @property
    def span(self) -> Span:
        """Its place."""
        return place(self.item)

    @property
    def forms(self) -> list[tuple[str, str, str]]:
        """Each form of citation: its name, its text, and the suffix of its address."""
        csl = json.dumps([cite.as_csl(self.reading, self.item, self.address)], ensure_ascii=False, indent=2)
        return [
            ("Text", cite.as_text(self.reading, self.item, self.address), ".txt"),
            ("BibTeX", cite.as_bibtex(self.reading, self.item, self.address), ".bib"),
            ("CSL-JSON", csl, ".csl.json"),
        ]

    @property
    def story(self) -> Story:
        """The statement's own note."""
        return story(replace(self.reading, attributions=(replace(self.item, inside=None),)))

    def record(self) -> dict[str, Any]:
        """The statement in its place, and the citations."""
        record = to_record(self.reading)
        statement = next(one for one in record["attributions"] if one["n"] == self.item.n)
        return {
            "article": self.key,
            "span": list(self.span),
            "statement": statement,
            "text": self.reading.quote(self.item),
            "citation": cite.as_text(self.reading, self.item, self.address),
            "bibtex": cite.as_bibtex(self.reading, self.item, self.address),
            "csl": cite.as_csl(self.reading, self.item, self.address),
        }

    def table(self) -> Table:
        """One row."""
        return Table(COLUMNS, [statement_row(self.reading, self.item)])


def _key_of(reading: Reading) -> str:
    return article_id(reading.article.text, reading.article.url)


@screen(router, "/article/{article}", "article.html", section="articles")
def article(desk: AtDesk, article: Key, words: Words = "") -> ArticleView:
    """An article with its statements, as `reportedly read --json` prints it."""
    reading = desk.library.get(article)
    pointed = _span(words)
    if pointed is not None and pointed[1] > len(reading.article.text):
        pointed = None
    return ArticleView(_key_of(reading), reading, pointed)


def _span(given: str) -> Span | None:
    start, _, end = given.partition("-")
    return (int(start), int(end)) if end and int(start) < int(end) else None


@router.get("/article/{article}/s/{start}-{end}", include_in_schema=False)
def permalink(desk: AtDesk, article: Key, start: Start, end: End) -> Response:
    """Words of an article: the place where they stand, whatever the model now makes of them."""
    reading = desk.library.get(article)
    if not 0 <= start < end <= len(reading.article.text):
        raise HTTPException(404, f"The article has {len(reading.article.text):,} characters, and no {start} to {end}.")
    at = links.article(_key_of(reading))
    if any(place(item) == (start, end) for item in reading.attributions):
        return see(f"{at}#s-{start}-{end}")
    return see(f"{links.with_query(at, words=f'{start}-{end}')}#words")


def _cited(desk: Desk, request: Request, article: str, start: int, end: int) -> CiteView:
    reading, item = desk.library.statement(article, (start, end))
    if start >= end:
        raise NotInLibraryError(desk.library.name, f"no words stand at {start}-{end}", "look at the whole article")
    key = _key_of(reading)
    address = str(request.base_url).rstrip("/") + links.statement(key, place(item))
    return CiteView(key, reading, item, address)


@screen(router, "/article/{article}/s/{start}-{end}/cite", "cite.html", section="articles")
def citation(desk: AtDesk, request: Request, article: Key, start: Start, end: End) -> CiteView:
    """A statement, and how it is cited: as text, BibTeX and CSL-JSON."""
    return _cited(desk, request, article, start, end)


@router.get("/article/{article}/s/{start}-{end}/cite.txt", include_in_schema=False)
def citation_text(desk: AtDesk, request: Request, article: Key, start: Start, end: End) -> Response:
    """The citation as a line of text."""
    return PlainTextResponse(_cited(desk, request, article, start, end).forms[0][1])


@router.get("/article/{article}/s/{start}-{end}/cite.bib", include_in_schema=False)
def citation_bibtex(desk: AtDesk, request: Request, article: Key, start: Start, end: End) -> Response:
    """The citation as BibTeX."""
    return PlainTextResponse(_cited(desk, request, article, start, end).forms[1][1], media_type="application/x-bibtex")


@router.get("/article/{article}/s/{start}-{end}/cite.csl.json", include_in_schema=False)
def citation_csl(desk: AtDesk, request: Request, article: Key, start: Start, end: End) -> Response:
    """The citation as CSL-JSON."""
    text = _cited(desk, request, article, start, end).forms[2][1]
    return Response(text, media_type="application/vnd.citationstyles.csl+json")
