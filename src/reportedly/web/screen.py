"""One function, three answers: a screen's view as a page, as JSON and as CSV."""

from __future__ import annotations

import csv
import inspect
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, Protocol, TypeVar, get_type_hints

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from reportedly.export.words import harmless

# What a spreadsheet would take for a formula. A mark before it makes it text again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# Rows of a list on one page.
ROWS = 50
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Table:
    """A view as rows: the names of its columns, and for each row a value of each."""

    columns: tuple[str, ...]
    rows: Iterable[Sequence[object]]


class View(Protocol):
    """All that a page shows."""

    @property
    def title(self) -> str:
        """The title of its window."""

    def record(self) -> Mapping[str, Any]:
        """The page as JSON types."""

    def table(self) -> Table:
        """The page as rows."""


V = TypeVar("V", bound=View)
# A function may also send the visitor elsewhere.
Make = Callable[..., V | Response]


def screen(
    router: APIRouter, path: str, template: str, *, section: str = "", json_path: str = "", record: Any = None
) -> Callable[[Make[V]], Make[V]]:
    """Serve the view that a function makes: at ``path`` as a page, and with ".json" and ".csv" after it.

    ``section`` is the place in the navigation that is marked, ``json_path`` what the suffixes are put to where that is
    not the path itself, ``record`` the type that ``View.record`` has, for the OpenAPI description. What a function asks
    for by its parameters, FastAPI gives it. The function is given back as it was.
    """

    def declare(make: Make[V]) -> Make[V]:
        stem = json_path or path
        name, told = make.__name__, inspect.getdoc(make) or ""
        tags = [section] if section else ["other"]
        router.add_api_route(
            f"{stem}.json",
            _answering(make, lambda _, view: _json(view)),
            response_model=None,
            responses={200: {"model": record, "description": told.partition("\n")[0]}} if record is not None else {},
            name=f"{name}_json",
            summary=told.partition("\n")[0].rstrip("."),
            description=told,
            tags=list(tags),
        )
        router.add_api_route(
            f"{stem}.csv", _answering(make, lambda _, view: _csv(view)), name=f"{name}_csv", include_in_schema=False
        )
        router.add_api_route(
            path,
            _answering(make, lambda request, view: request.app.state.pages.page(request, template, view, section)),
            methods=["GET", "HEAD"],
            name=name,
            include_in_schema=False,
        )
        return make

    return declare


def _request_of(request: Request) -> Request:
    return request


# A function has one parameter of type Request at most, and a screen's may have it.
_Asked = Annotated[Request, Depends(_request_of)]


def _answering(make: Make[V], answer: Callable[[Request, V], Response]) -> Callable[..., Response]:
    """A route that makes the view and answers with it. To what the view's function asks for it adds the request."""

    @wraps(make)
    def route(_request: Request, **given: Any) -> Response:
        view = make(**given)
        return view if isinstance(view, Response) else answer(_request, view)

    hints = get_type_hints(make, include_extras=True)
    asked = [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(make).parameters.items()
    ]
    own = inspect.Parameter("_request", inspect.Parameter.KEYWORD_ONLY, annotation=_Asked)
    route.__signature__ = inspect.Signature([own, *asked])  # type: ignore[attr-defined]
    route.__annotations__ = {"_request": _Asked, **hints}
    return route


def _json(view: View) -> Response:
    """JSON with characters as they are; lone surrogates, which no UTF-8 has, escaped."""
    text = json.dumps(view.record(), ensure_ascii=False)
    return Response(text.encode("utf-8", "backslashreplace"), media_type="application/json")


def _csv(view: View) -> Response:
    table, out = view.table(), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return Response(
        out.getvalue().encode("utf-8", "replace"),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": "inline"},
    )


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return value
    return f"'{harmless(value)}" if value.startswith(_FORMULA) else harmless(value)


def see(address: str) -> Response:
    """After a change: go and look at an address, with GET."""
    return RedirectResponse(address, status_code=303)


@dataclass(frozen=True, slots=True)
class Paged:
    """Which part of a list is wanted: a page from 1 on, and the rows on each."""

    page: int
    rows: int

    @property
    def offset(self) -> int:
        """Rows before it."""
        return (self.page - 1) * self.rows


def paging(
    page: Annotated[int, Query(ge=1, le=100_000, description="Which page of the list.")] = 1,
    rows: Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows on a page.")] = ROWS,
) -> Paged:
    """The part of a list that a query asks for."""
    return Paged(page, rows)


Paging = Annotated[Paged, Depends(paging)]
