"""An end to waiting: where no answer has begun in time, the visitor is told so.

What runs in a thread cannot be stopped; its answer is then dropped. Every part of the program that may take long has a
limit of its own.
"""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.web.problems import refuse


class Patience:
    """Gives each request so many seconds, from its first byte to the first of its answer."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on, and answer 503 where that takes too long."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = asyncio.Event()
        over = False

        async def watched(message: Message) -> None:
            if not over:
                begun.set()
                await send(message)

        work = asyncio.ensure_future(self._app(scope, receive, watched))
        start = asyncio.ensure_future(begun.wait())
        try:
            await asyncio.wait((work, start), timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
            if work.done() or begun.is_set():
                await work
                return
            over = True
            work.add_done_callback(_forget)
            work.cancel()
            await refuse(503, "That took too long", "Try again, or with less at once.", scope, receive, send)
        finally:
            start.cancel()
            if not over and not work.done():
                work.cancel()


def _forget(work: asyncio.Future[None]) -> None:
    """Take note of how it ended, which nobody waits for."""
    if not work.cancelled():
        work.exception()
