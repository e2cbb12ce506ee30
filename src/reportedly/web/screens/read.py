"""*Read*: a text, an address or files, and the reading at once; then a button that puts it into the library.

What is read here is kept for its visitor alone, in memory, until it is added or old. More than a few articles are for
the background: see *Adding*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, cast

from fastapi import APIRouter, File, Form, HTTPException, Path, Request, UploadFile
from starlette.responses import Response

from reportedly.errors import InputError
from reportedly.export import words
from reportedly.schema import Failure, Reading, article_id, to_record
from reportedly.web import links
from reportedly.web.desk import AtDesk, Desk
from reportedly.web.guard.door import Visitor, Who
from reportedly.web.guard.rate import visitor_of
from reportedly.web.inbox import Upload, accept, articles
from reportedly.web.screen import Table, screen, see
from reportedly.web.screens.article import ArticleView
from reportedly.web.tray import Batch

router = APIRouter()

Text = Annotated[str, Form(description="A text, or the HTML of a page.")]
Addresses = Annotated[str, Form(description="Web addresses, with white space between them.")]
Files = Annotated[list[UploadFile], File(description="Files of any kind that `reportedly read` takes.")]
TrayKey = Annotated[str, Path(max_length=64)]
Number = Annotated[int, Path(ge=1, le=10_000)]


@dataclass(frozen=True, slots=True)
class ReadView:
    """The form."""

    most: int
    offline: bool
    trouble: str = ""
    text: str = ""
    addresses: str = ""

    title: str = "Read"

    def record(self) -> dict[str, Any]:
        """What can be given."""
        return {"fields": ["text", "addresses", "files"], "read_at_once": self.most, "fetches": not self.offline}

    def table(self) -> Table:
        """What can be given."""
        return Table(("field",), [("text",), ("addresses",), ("files",)])


@dataclass(frozen=True, slots=True)
class BatchView:
    """What came of several articles."""

    key: str
    results: tuple[Reading | Failure, ...]
    more: bool

    title: str = "What was read"

    @property
    def told(self) -> Iterator[tuple[int, Reading | None, Failure | None, str]]:
        """Each result with its number, and what it is called."""
        for number, result in enumerate(self.results, 1):
            if isinstance(result, Reading):
                yield number, result, None, words.headline(result.article)
            else:
                yield number, None, result, words.one_line(result.path)

    def record(self) -> dict[str, Any]:
        """The records, and the failures."""
        return {
            "more": self.more,
            "readings": [to_record(result) for result in self.results if isinstance(result, Reading)],
            "failures": [
                {"path": result.path, "reason": result.reason, "remedy": result.remedy}
                for result in self.results
                if isinstance(result, Failure)
            ],
        }

    def table(self) -> Table:
        """An article or failure a row."""
        return Table(
            ("title", "statements", "failure"),
            [
                (called, len(reading.attributions) if reading else None, failure and str(failure))
                for _, reading, failure, called in self.told
            ],
        )


@dataclass(frozen=True, slots=True)
class FreshView(ArticleView):
    """An article that was just read: where it is kept, and whether the library has it."""

    tray: str = ""
    number: int = 1
    of: int = 1
    known: bool = False


@screen(router, "/read", "read.html", section="read")
def read_form(desk: AtDesk) -> ReadView:
    """What can be given to be read."""
    return _form(desk)


def _form(desk: Desk, trouble: str = "", text: str = "", addresses: str = "") -> ReadView:
    return ReadView(desk.settings.limits.shown, desk.settings.offline, trouble, text, addresses)


@router.post("/read", include_in_schema=False)
def read(
    desk: AtDesk,
    who: Who,
    request: Request,
    text: Text = "",
    addresses: Addresses = "",
    files: Files = [],  # noqa: B006
) -> Response:
    """Read what a form brought, and show it."""
    desk.take_share(visitor_of(request.scope))
    try:
        batch = _read(desk, who, text, addresses, files)
    except InputError as error:
        return _again(request, desk, str(error), text, addresses)
    if len(batch.results) == 1 and isinstance(batch.results[0], Failure):
        return _again(request, desk, str(batch.results[0]), text, addresses)
    key = desk.tray.put(batch)
    return see(links.reading(key))


def _read(desk: Desk, who: Visitor, text: str, addresses: str, files: Sequence[UploadFile]) -> Batch:
    """The first readings and failures in a form. Raises InputError for one that holds nothing."""
    parcel = accept(text, addresses, cast(Sequence[Upload], files))
    most = desk.settings.limits.shown
    try:
        found = list(islice(articles(parcel, desk.fetcher), most + 1))
    finally:
        parcel.discard()
    results = tuple(item if isinstance(item, Failure) else desk.read(item) for item in found[:most])
    return Batch(who.name, results, more=len(found) > most)


def _again(request: Request, desk: Desk, trouble: str, text: str, addresses: str) -> Response:
    """The form as it was, with what is wrong."""
    view = _form(desk, trouble, text[: desk.settings.limits.form], addresses)
    response: Response = request.app.state.pages.page(request, "read.html", view, "read", 422)
    return response


@router.post("/add", include_in_schema=False)
def add(
    desk: AtDesk,
    who: Who,
    request: Request,
    text: Text = "",
    addresses: Addresses = "",
    files: Files = [],  # noqa: B006
) -> Response:
    """Add what a form brought, in the background."""
    desk.take_share(visitor_of(request.scope))
    try:
        parcel = accept(text, addresses, cast(Sequence[Upload], files))
    except InputError as error:
        return _again(request, desk, str(error), text, addresses)
    return see(links.job(desk.jobs.add(parcel, who.name).number))


@screen(router, "/read/{key}", "batch.html", section="read")
def fresh(desk: AtDesk, who: Who, key: TrayKey) -> BatchView | Response:
    """What was read a moment ago, for whoever gave it."""
    batch = _batch(desk, who, key)
    if len(batch.results) == 1:
        return see(f"{links.reading(key)}/1")
    return BatchView(key, batch.results, batch.more)


@screen(router, "/read/{key}/{number}", "article.html", section="read")
def fresh_article(desk: AtDesk, who: Who, key: TrayKey, number: Number) -> FreshView:
    """One article of what was read a moment ago."""
    batch = _batch(desk, who, key)
    reading = _reading(batch, number)
    known = article_id(reading.article.text, reading.article.url)
    is_known = desk.library.has(known, reading.maker)
    return FreshView(
        known if is_known else None, reading, tray=key, number=number, of=len(batch.results), known=is_known
    )


@router.post("/read/{key}/{number}/add", include_in_schema=False)
def add_fresh(desk: AtDesk, who: Who, key: TrayKey, number: Number) -> Response:
    """Put what was read into the library."""
    return see(links.article(desk.keep(_reading(_batch(desk, who, key), number)).key))


@router.post("/read/{key}/add", include_in_schema=False)
def add_all_fresh(desk: AtDesk, who: Who, key: TrayKey) -> Response:
    """Put all that was read into the library."""
    for result in _batch(desk, who, key).results:
        if isinstance(result, Reading):
            desk.keep(result)
    return see(links.articles())


def _batch(desk: Desk, who: Visitor, key: str) -> Batch:
    batch = desk.tray.get(key, who.name)
    if batch is None:
        raise HTTPException(404, "What was read here is no longer kept. Read it again, and add what is to stay.")
    return batch


def _reading(batch: Batch, number: int) -> Reading:
    result = batch.results[number - 1] if number <= len(batch.results) else None
    if not isinstance(result, Reading):
        raise HTTPException(404, "There is no such reading here.")
    return result
