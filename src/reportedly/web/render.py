"""Views become pages: the templates, and the frame that all pages have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import Request
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from reportedly.export.words import harmless, one_line
from reportedly.web import charts, links
from reportedly.web.guard.door import Keeper, Visitor
from reportedly.web.guard.forgery import FIELD
from reportedly.web.highlight import sheet_for
from reportedly.web.problems import Problem
from reportedly.web.screen import Paged, View


@dataclass(frozen=True, slots=True)
class Section:
    """A place in the navigation."""

    key: str
    label: str
    address: str


SECTIONS: Sequence[Section] = (
    Section("home", "Library", links.home()),
    Section("articles", "Articles", links.articles()),
    Section("search", "Search", links.search()),
    Section("speakers", "Speakers", links.speakers()),
    Section("outlets", "Outlets", links.outlets()),
    Section("inventory", "Inventory", links.inventory()),
    Section("read", "Read", links.read()),
    Section("jobs", "Adding", links.jobs()),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page, and what its template can ask for."""

    request: Request
    title: str
    section: str
    visitor: Visitor
    keeper: Keeper
    sections: Sequence[Section] = SECTIONS

    @property
    def is_closed(self) -> bool:
        """Whether one must log in."""
        return self.keeper.settings.is_closed

    def token_field(self) -> Markup:
        """The hidden field that every form which changes something must have."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(
            FIELD, self.keeper.form_token(self.visitor.visit)
        )

    def here(self, **values: object) -> str:
        """The present address with some of its query changed; None removes a value."""
        return links.changed(self.request.url, **values)

    def as_form(self, suffix: str) -> str:
        """The present page as ".json" or ".csv"."""
        return links.as_form(self.request.url, suffix)

    def pages(self, paged: Paged, total: int) -> Pager:
        """The way through a list of ``total`` rows."""
        last = max(1, -(-total // paged.rows))
        return Pager(
            first=paged.offset + 1 if total else 0,
            last=min(total, paged.offset + paged.rows),
            total=total,
            before=self.here(page=paged.page - 1 if paged.page > 2 else None) if 1 < paged.page <= last else None,
            after=self.here(page=paged.page + 1) if paged.page < last else None,
        )


@dataclass(frozen=True, slots=True)
class Pager:
    """Which rows of a list are shown, and the addresses of the pages before and after."""

    first: int
    last: int
    total: int
    before: str | None
    after: str | None


class Pages:
    """Makes pages of views."""

    def __init__(self) -> None:
        self.environment = _environment()

    def page(self, request: Request, template: str, view: View, section: str = "", status: int = 200) -> Response:
        """A view as a page."""
        return self._response(request, template, view.title, section, status, view=view)

    def problem(self, request: Request, problem: Problem) -> Response:
        """A page that says what went wrong."""
        return self._response(request, "problem.html", problem.title, "", problem.status, problem=problem)

    def _response(
        self, request: Request, template: str, title: str, section: str, status: int, **shown: Any
    ) -> Response:
        # A request that a guard refused has not come as far as the door.
        visitor = getattr(request.state, "visitor", None)
        keeper: Keeper = request.app.state.keeper
        frame = Frame(request, one_line(title), section, visitor or Visitor(""), keeper)
        text = self.environment.get_template(template).render(page=frame, asset=request.app.state.assets.path, **shown)
        return HTMLResponse(text, status_code=status)


@cache
def _environment() -> Environment:
    loaders = [PackageLoader("reportedly.web"), PrefixLoader({"export": PackageLoader("reportedly.export")})]
    environment = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.globals.update(links=links, charts=charts, sheet_for=sheet_for)
    environment.filters.update(number=_number, count=_count, line=one_line)
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)  # compiled now, not when somebody waits
    return environment


def _harmless(value: object) -> object:
    """What a template prints, without control characters; markup is our own."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _number(value: int) -> str:
    return f"{value:,}"


def _count(value: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 article", "1,204 articles"."""
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"
