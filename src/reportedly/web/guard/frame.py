"""The frame around everything: headers on every answer, an answer for what fails, and the audit log."""

from __future__ import annotations

import logging
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.web.guard.audit import note_request
from reportedly.web.problems import refuse

# Nothing but our own files, and nothing inline: text that slips through as markup can do nothing.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)",
}
# A year, for browsers that have seen it over TLS once.
_ONLY_TLS = "max-age=31536000"

_log = logging.getLogger("reportedly.web")


class Frame:
    """Stands around the application."""

    def __init__(self, app: ASGIApp, encrypted: bool) -> None:
        self._app = app
        self._encrypted = encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever happens inside."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(MutableHeaders(scope=message), time.perf_counter() - begun)
            await send(message)

        try:
            await self._app(scope, receive, framed)
        except Exception:  # noqa: BLE001 - nobody stands outside of this to catch it
            # What was in the request may be somebody's unpublished draft: only the path is logged.
            _log.exception("%s %.200r failed", scope["method"], scope["path"])
            detail = "This is a fault of the program, and has been written to its log. What you asked for was not done."
            await refuse(500, "Something went wrong", detail, scope, receive, framed)
        finally:
            note_request(dict(scope), status, time.perf_counter() - begun)

    def _add_headers(self, headers: MutableHeaders, seconds: float) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        headers.setdefault("cache-control", "private, no-cache")
        headers["server-timing"] = f"all;dur={seconds * 1000:.1f}"
        if self._encrypted:
            headers["strict-transport-security"] = _ONLY_TLS
