"""Refuses changes that were not asked for on one of our own pages (cross-site request forgery).

Every request but GET and HEAD must bring the token of its visit, in the form or in a header: pages of other origins
cannot read it, and a cookie alone is not enough. Before that, what the browser itself says of where the request comes
from must not speak against it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile

from reportedly.web.guard.door import Keeper, Visitor

FIELD = "form_token"
HEADER = "x-form-token"
_HARMLESS = ("GET", "HEAD")


async def own_forms_only(request: Request) -> AsyncIterator[None]:
    """Raise 403 for a change that does not come from a page of ours. Stands before every route of the application."""
    try:
        if request.method not in _HARMLESS:
            await _check(request)
        yield
    finally:
        await request.close()  # files of a form, which lie in temporary ones


async def _check(request: Request) -> None:
    visitor: Visitor = request.state.visitor
    if _comes_from_elsewhere(request):
        raise HTTPException(403, "This change was asked for on a page elsewhere, and was not made.")
    if visitor.is_program:  # a token of its own, which no browser adds by itself
        return
    keeper: Keeper = request.app.state.keeper
    if not keeper.is_form_token(visitor.visit, await _token(request)):
        raise HTTPException(403, "The form is from an earlier visit. Load the page again, then send it once more.")


def _comes_from_elsewhere(request: Request) -> bool:
    """What the browser says of the page that asks; ``none`` is the address bar."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    if origin is None:
        return False
    return origin.partition("://")[2].lower() != request.headers.get("host", "").lower()


async def _token(request: Request) -> str:
    given = request.headers.get(HEADER)
    if given is not None:
        return given
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return ""
    value = (await request.form()).get(FIELD, "")
    return "" if isinstance(value, UploadFile) else value
