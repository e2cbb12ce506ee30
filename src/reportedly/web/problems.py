"""What goes wrong, as a page for people and as problem+json (RFC 9457) for programs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from reportedly.errors import (
    InputError,
    LibraryError,
    NotInLibraryError,
    QueryError,
    ReportedlyError,
    TooLargeError,
)
from reportedly.export.words import harmless

_TITLES = {
    400: "That cannot be understood",
    401: "Who are you?",
    403: "Not allowed",
    404: "There is no such page",
    405: "Not allowed here",
    413: "Too large",
    422: "That cannot be read",
    429: "Too many requests",
    500: "Something went wrong",
    503: "Not now",
}
# The first that fits says the status.
_STATUSES: tuple[tuple[type[ReportedlyError], int], ...] = (
    (NotInLibraryError, 404),
    (LibraryError, 503),
    (QueryError, 400),
    (TooLargeError, 413),
    (InputError, 422),
    (ReportedlyError, 500),
)
# How they are described to programs.
PROBLEM: dict[str, Any] = {
    "description": "What went wrong, and what can be done",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail", "instance"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string"},
                },
            }
        }
    },
}
_FORMS = (".json", ".csv", ".txt", ".bib")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as it is told: ``detail`` says what was wrong and what can be done."""

    title: str
    status: int
    detail: str
    instance: str


def wants_page(scope: Scope) -> bool:
    """Whether the request is a person's: their browser takes HTML, and the address asks for nothing else."""
    if str(scope["path"]).endswith(_FORMS):
        return False
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"").decode("latin-1").lower()
    return "text/html" in accept or "json" not in accept


def add_handlers(app: FastAPI) -> None:
    """Let the application answer for all that is raised in it."""
    app.add_exception_handler(HTTPException, _for_http)
    app.add_exception_handler(RequestValidationError, _for_validation)
    app.add_exception_handler(ReportedlyError, _for_ours)


def answer(
    request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A problem as a page or as JSON, as the request would have it."""
    problem = Problem(title, status, harmless(detail), harmless(request.url.path))
    if wants_page(request.scope):
        response: Response = request.app.state.pages.problem(request, problem)
    else:
        response = JSONResponse(
            {
                "type": "about:blank",
                "title": problem.title,
                "status": problem.status,
                "detail": problem.detail,
                "instance": problem.instance,
            },
            status_code=status,
            media_type="application/problem+json",
        )
    response.headers.update(headers or {})
    return response


async def refuse(
    status: int,
    title: str,
    detail: str,
    scope: Scope,
    receive: Receive,
    send: Send,
    wait: float = 0.0,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Answer for a guard, which lets the request go no further; ``wait`` are seconds until it may come again."""
    given = {**(headers or {}), **({"retry-after": str(math.ceil(wait))} if wait else {})}
    response = answer(Request(scope, receive), status, title, detail, given)
    await response(scope, receive, send)


async def _for_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):  # it was registered for no other
        raise error
    title = _TITLES.get(error.status_code, "That did not work")
    # Where nothing was said but the status, the framework has put its English name there.
    detail = str(error.detail) if error.detail and " " in str(error.detail.rstrip()) else ""
    if error.status_code == 404 and detail in ("", "Not Found"):
        detail = "Check the address, or begin at the first page."
    return answer(request, error.status_code, title, detail, error.headers)


async def _for_validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    told = "; ".join(_told(one) for one in error.errors()[:5])
    return answer(request, 400, _TITLES[400], told)


def _told(one: Mapping[str, Any]) -> str:
    """A complaint of the framework's: where, and what."""
    where = " ".join(str(part) for part in one["loc"][1:]) or "the request"
    return f"{where}: {one['msg']}"[:300]


async def _for_ours(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    title = "It is not in this library" if status == 404 else _TITLES[status]
    # Where the library lies is nobody's business but whose machine it is.
    detail = f"{error.reason}; {error.remedy}" if isinstance(error, LibraryError) else str(error)
    return answer(request, status, title, detail[:1].upper() + detail[1:])
