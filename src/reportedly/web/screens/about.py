"""*About*: what the marks mean, the keys, and the addresses for programs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request

from reportedly.web.screen import Table, screen

router = APIRouter()

# What the keys do: the same list that ``keys.js`` goes by.
KEYS = (
    ("j, k", "the next statement, the one before"),
    ("[, ]", "along a statement's chain: from who said it to who carried it, and back"),
    ("c", "copy the statement as a citation"),
    ("/", "to the search field, where the page has one"),
    ("?", "this list"),
    ("Esc", "let go of the statement, close this list"),
)


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page."""

    version: str
    addresses: tuple[tuple[str, str], ...]

    title: str = "About"
    keys = KEYS

    def record(self) -> dict[str, Any]:
        """The version, and what can be asked for."""
        return {
            "program": f"reportedly {self.version}",
            "description": "/openapi.json",
            "addresses": [{"path": path, "summary": summary} for path, summary in self.addresses],
        }

    def table(self) -> Table:
        """An address a row."""
        return Table(("path", "summary"), self.addresses)


@screen(router, "/about", "about.html")
def about(request: Request) -> AboutView:
    """What the marks mean, the keys, and the addresses for programs."""
    paths: dict[str, Any] = request.app.openapi()["paths"]
    addresses = [(path, str(operations["get"].get("summary", ""))) for path, operations in paths.items()]
    return AboutView(version("reportedly"), tuple(addresses))
