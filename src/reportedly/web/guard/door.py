"""Who a visitor is: a signed cookie that tells visits apart, sessions of those who logged in, and a token for programs.

Where nobody need say who they are (on this machine alone, by default) everybody is let in; the cookie then only holds
the forms of a visit together (see ``forgery``).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.web.guard.passwords import is_right
from reportedly.web.problems import refuse, wants_page
from reportedly.web.settings import Settings

# What one need not be let in for.
OPEN = ("/login", "/login.json", "/static/")
# Sessions that are remembered; the oldest is forgotten first.
MOST_SESSIONS = 10_000
# How those are called who have the token.
TOKEN_HOLDER = "token"  # noqa: S105 - no secret


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. ``visit`` is the cookie's own number; ``name`` is who logged in, or where nobody need, nobody's.

    ``is_program`` is true where the request brought a token: no browser adds that by itself.
    """

    visit: str
    name: str | None = None
    is_program: bool = False


class Keeper:
    """Tells visitors apart. Its secret, and so all sessions, end with the program."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._sessions: OrderedDict[str, tuple[str, float]] = OrderedDict()  # a visit's user, and until when
        self._lock = threading.Lock()
        # Cookies of one host are shared by all its ports: two applications must not take each other's.
        self.cookie_name = f"reportedly_{settings.port}"

    def new_visit(self) -> str:
        """A number that nobody can guess."""
        return secrets.token_urlsafe(16)

    def cookie(self, visit: str) -> str:
        """The cookie's value: the visit's number, signed."""
        return f"{visit}.{self._signed('visit', visit)}"

    def visit_of(self, cookie: str) -> str | None:
        """The visit of a cookie that we gave out."""
        visit, _, signature = cookie.rpartition(".")
        return visit if visit and _same(signature, self._signed("visit", visit)) else None

    def form_token(self, visit: str) -> str:
        """What every form of a visit must bring back."""
        return self._signed("form", visit)

    def is_form_token(self, visit: str, token: str) -> bool:
        """Whether it is that."""
        return _same(token, self.form_token(visit))

    def user_of(self, visit: str) -> str | None:
        """Who logged in on a visit, if that is not too long ago."""
        with self._lock:
            user, until = self._sessions.get(visit, (None, 0.0))
            if user is not None and self._clock() > until:
                del self._sessions[visit]
                return None
        return user

    def let_in(self, user: str) -> str:
        """Begin a session under a new number: one that was known before the login must not become it."""
        visit = self.new_visit()
        with self._lock:
            self._sessions[visit] = (user, self._clock() + self.settings.limits.session)
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return visit

    def let_out(self, visit: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(visit, None)

    def knows(self, name: str, secret: str) -> str | None:
        """Who it is, where name and password are right, or the token is. Takes some 50 ms for a password."""
        if self.is_token(secret):
            return TOKEN_HOLDER  # whatever name came with it: it is nobody's password
        users = self.settings.users
        return name if users is not None and is_right(users, name, secret) else None

    def is_token(self, secret: str) -> bool:
        """Whether it is the token, where there is one."""
        return self.settings.token is not None and _same(secret, self.settings.token)

    def _signed(self, what: str, value: str) -> str:
        digest = hmac.new(self._secret, f"{what}:{value}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:24]).decode("ascii")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


class Door:
    """Says who it is, in ``request.state.visitor``, and lets in who may."""

    def __init__(self, app: ASGIApp, keeper: Keeper) -> None:
        self._app = app
        self._keeper = keeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for a login, or go on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        known = self._keeper.visit_of(cookie_parser(headers.get("cookie", "")).get(self._keeper.cookie_name, ""))
        visitor = self._visitor(headers, known or self._keeper.new_visit())
        scope.setdefault("state", {})["visitor"] = visitor
        if self._keeper.settings.is_closed and visitor.name is None and not scope["path"].startswith(OPEN):
            await self._ask(scope, receive, send)
            return
        await self._app(scope, receive, send if known else self._giving_cookie(visitor.visit, send))

    def _visitor(self, headers: Headers, visit: str) -> Visitor:
        kind, _, secret = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._keeper.is_token(secret.strip()):
            return Visitor(visit, TOKEN_HOLDER, is_program=True)
        return Visitor(visit, self._keeper.user_of(visit))

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        if wants_page(scope) and scope["method"] in ("GET", "HEAD"):
            query = scope.get("query_string", b"").decode("latin-1")
            here = scope["path"] + (f"?{query}" if query else "")
            headers = [(b"location", f"/login?next={quote(here, safe='')}".encode("ascii")), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": 303, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        detail = "Send the token as “Authorization: Bearer …”, or log in."
        await refuse(401, "Who are you?", detail, scope, receive, send, headers={"www-authenticate": "Bearer"})

    def _giving_cookie(self, visit: str, send: Send) -> Send:
        async def giving(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A login gives a cookie of its own, and what is kept for long must not hold anybody's.
                if "set-cookie" not in headers and "immutable" not in headers.get("cache-control", ""):
                    headers.append("set-cookie", cookie_header(self._keeper, visit))
            await send(message)

        return giving


def cookie_header(keeper: Keeper, visit: str) -> str:
    """The header that gives a visitor their cookie. It is of this host alone, and no script sees it."""
    secure = "; Secure" if keeper.settings.is_encrypted else ""
    return f"{keeper.cookie_name}={keeper.cookie(visit)}; Path=/; HttpOnly; SameSite=Lax{secure}"


def visitor_of(request: Request) -> Visitor:
    """Who asks."""
    visitor: Visitor = request.state.visitor
    return visitor


Who = Annotated[Visitor, Depends(visitor_of)]
