"""So much in one request, and no more: counted as it comes, so that none is held that is too large."""

from __future__ import annotations

from collections.abc import Set

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.web.problems import refuse

_DETAIL = "That is more than may be sent at once. Send it in parts, or add it from the command line: reportedly add."


class Size:
    """Lets ``most`` bytes through, and at the addresses in ``uploading`` as many as ``upload``."""

    def __init__(self, app: ASGIApp, most: int, upload: int, uploading: Set[str]) -> None:
        self._app = app
        self._most = most
        self._upload = upload
        self._uploading = uploading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 413, at once or when there has been too much."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._upload if scope["path"] in self._uploading else self._most
        told = Headers(scope=scope).get("content-length", "0")
        if not told.isascii() or not told.isdecimal() or int(told[:20]) > most:
            await refuse(413, "Too large", _DETAIL, scope, receive, send)
            return
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > most:
                raise HTTPException(413, _DETAIL)
            return message

        await self._app(scope, counted, send)
