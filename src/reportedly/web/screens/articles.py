"""*Articles*: all of them, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query

from reportedly.store.overview import Entry, Order, entries
from reportedly.web import links
from reportedly.web.desk import AtDesk
from reportedly.web.screen import Paged, Paging, Table, screen

router = APIRouter()

_ABOUT = ("title", "outlet", "published", "byline", "url")


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """A part of the list of articles."""

    entries: tuple[Entry, ...]
    total: int
    paged: Paged
    order: Order
    outlet: str | None

    title: str = "Articles"

    def record(self) -> dict[str, Any]:
        """The list, and how long it is in all."""
        return {
            "total": self.total,
            "page": self.paged.page,
            "rows": self.paged.rows,
            "articles": [about_entry(entry) for entry in self.entries],
        }

    def table(self) -> Table:
        """An article a row."""
        rows = (
            (entry.key, *(getattr(entry.article, name) for name in _ABOUT), entry.statements) for entry in self.entries
        )
        return Table(("id", *_ABOUT, "statements"), rows)


def about_entry(entry: Entry) -> dict[str, Any]:
    """An article of a list, as JSON types."""
    about = {name: getattr(entry.article, name) for name in _ABOUT}
    return {"id": entry.key, "page": links.article(entry.key), **about, "statements": entry.statements}


@screen(router, "/articles", "articles.html", section="articles")
def articles(
    desk: AtDesk,
    paging: Paging,
    order: Annotated[Order, Query(description="What comes first: the last added or the last published.")] = "added",
    outlet: Annotated[str, Query(max_length=300, description="Only of this outlet: its whole name.")] = "",
) -> ArticlesView:
    """The articles of the library."""
    found, total = entries(desk.library, paging.rows, paging.offset, order, outlet or None)
    return ArticlesView(tuple(found), total, paging, order, outlet or None)
