"""*Log in*: where one must say who one is; and out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import Response

from reportedly.web import links
from reportedly.web.desk import AtDesk
from reportedly.web.guard import audit
from reportedly.web.guard.door import Keeper, Who, cookie_header
from reportedly.web.guard.rate import visitor_of
from reportedly.web.screen import Table, screen, see

router = APIRouter()

Next = Annotated[str, Query(max_length=2000)]


@dataclass(frozen=True, slots=True)
class LoginView:
    """The form."""

    next: str
    with_users: bool
    wrong: bool = False

    title: str = "Log in"

    def record(self) -> dict[str, Any]:
        """How one says who one is."""
        return {"authorization": "Bearer TOKEN"}

    def table(self) -> Table:
        """How one says who one is."""
        return Table(("header", "value"), [("Authorization", "Bearer TOKEN")])


@screen(router, "/login", "login.html")
def login_form(desk: AtDesk, next: Next = "/") -> LoginView:  # noqa: A002 - the name in the address
    """How one says who one is."""
    return LoginView(next if links.is_local(next) else "/", desk.settings.users is not None)


@router.post("/login", include_in_schema=False)
def login(
    desk: AtDesk,
    who: Who,
    request: Request,
    secret: Annotated[str, Form(max_length=1024)],
    name: Annotated[str, Form(max_length=64)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    """Let in who is right, and tell nobody what was wrong."""
    keeper: Keeper = request.app.state.keeper
    client = visitor_of(request.scope)
    # By visitor, and by name from wherever: neither many guesses nor many guessers.
    wait = max(desk.logins.wait(client), desk.logins.wait(f"name {name}"))
    if wait:
        raise HTTPException(429, "Too many attempts. Wait a minute.", {"retry-after": str(int(wait) + 1)})
    next = next if links.is_local(next) else "/"  # noqa: A001
    user = keeper.knows(name, secret)
    audit.note("login" if user else "login refused", client, user or name)
    if user is None:
        view = LoginView(next, desk.settings.users is not None, wrong=True)
        response: Response = request.app.state.pages.page(request, "login.html", view, status=403)
        return response
    keeper.let_out(who.visit)
    response = see(next)
    response.headers["set-cookie"] = cookie_header(keeper, keeper.let_in(user))
    return response


@router.post("/logout", include_in_schema=False)
def logout(who: Who, request: Request) -> Response:
    """End the session."""
    keeper: Keeper = request.app.state.keeper
    keeper.let_out(who.visit)
    response = see(links.login())
    response.headers["set-cookie"] = cookie_header(keeper, keeper.new_visit())
    return response
