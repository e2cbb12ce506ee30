"""``create_app``: the application, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.metadata import version
from types import ModuleType
from typing import Any

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware

from reportedly.web import assets
from reportedly.web.assets import Assets
from reportedly.web.desk import Desk
from reportedly.web.guard.door import Door, Keeper
from reportedly.web.guard.forgery import own_forms_only
from reportedly.web.guard.frame import Frame
from reportedly.web.guard.hosts import Hosts
from reportedly.web.guard.patience import Patience
from reportedly.web.guard.rate import Rate
from reportedly.web.guard.size import Size
from reportedly.web.problems import PROBLEM, add_handlers
from reportedly.web.render import Pages
from reportedly.web.screens import (
    about,
    article,
    articles,
    columns,
    home,
    inventory,
    jobs,
    login,
    read,
    search,
    sourcing,
    speaker,
)
from reportedly.web.settings import Settings

SCREENS = (home, articles, article, search, sourcing, speaker, inventory, columns, read, jobs, login, about)
# Those whose forms bring files.
UPLOADING = (read, columns)

_DESCRIPTION = (
    "Every page of the application as JSON, at its address with `.json` after it (and as CSV with `.csv`). Lists take "
    "`page` and `rows`; filters are those of the page. Spans are pairs of code points into the article's text. What "
    "goes wrong is told as problem+json (RFC 9457)."
)


def create_app(settings: Settings) -> FastAPI:
    """The web application over a library, which is made where there is none.

    Raises ServingError for settings that would lay it open, and LibraryError where the library cannot be opened.
    """
    settings.check()
    keeper, desk = Keeper(settings), Desk(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    limits = settings.limits
    app = FastAPI(
        title="Reportedly",
        description=_DESCRIPTION,
        version=version("reportedly"),
        docs_url=None,  # its pages ask for scripts from elsewhere; ours is /about
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(own_forms_only)],
        responses={"default": PROBLEM},
        redirect_slashes=False,
        middleware=[
            Middleware(Frame, encrypted=settings.is_encrypted),
            Middleware(Hosts, names=(*settings.names, settings.host)),
            Middleware(Rate, rate=limits.rate, burst=limits.burst),
            Middleware(Size, most=limits.form, upload=limits.upload, uploading=_posts(UPLOADING)),
            Middleware(Patience, seconds=limits.patience),
            Middleware(Door, keeper=keeper),
        ],
    )
    app.state.keeper, app.state.desk, app.state.pages = keeper, desk, Pages()
    app.state.assets = Assets(app.state.pages.environment)
    add_handlers(app)
    app.include_router(assets.router)
    for screen in SCREENS:
        large = screen in UPLOADING
        app.include_router(
            screen.router,
            form_limits={"max_files": limits.files if large else 1, "max_fields": 200, "max_part_size": limits.form},
        )
    _describe(app)
    return app


def _posts(screens: Iterable[ModuleType]) -> set[str]:
    """The addresses to which the forms of some screens are sent; these have no parameters."""
    routes = (route for screen in screens for route in screen.router.routes)
    return {route.path for route in routes if "POST" in route.methods and "{" not in route.path}


def _describe(app: FastAPI) -> None:
    """The OpenAPI description, with problems as they are really told."""
    made = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = made()
            for path in schema["paths"].values():
                for operation in path.values():
                    operation["responses"].pop("422", None)
            for name in ("HTTPValidationError", "ValidationError"):
                schema.get("components", {}).get("schemas", {}).pop(name, None)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
