"""The addresses of all screens. Nobody else writes one by hand.

An article is named by the hash under which the library keeps it, a statement by the place of its words, so an address
holds on when the model is trained anew.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.datastructures import URL

from reportedly.schema import Span


def home() -> str:
    """What the library holds."""
    return "/"


def articles(**filters: object) -> str:
    """All articles, or those that pass filters."""
    return with_query("/articles", **filters)


def article(key: str) -> str:
    """One article."""
    return f"/article/{quote(key, safe='')}"


def statement(key: str, span: Span) -> str:
    """Words of an article, and the statement that stands there."""
    return f"{article(key)}/s/{span[0]}-{span[1]}"


def citation(key: str, span: Span) -> str:
    """How a statement is cited."""
    return f"{statement(key, span)}/cite"


def sourcing(key: str, **filters: object) -> str:
    """How one article is sourced."""
    return with_query(f"{article(key)}/sourcing", **filters)


def search(**filters: object) -> str:
    """Statements by words and by who said them, where, when and how."""
    return with_query("/search", **filters)


def statements(**filters: object) -> str:
    """The sentences behind a number."""
    return with_query("/statements", **filters)


def speakers(**filters: object) -> str:
    """All people and organisations that are named."""
    return with_query("/speakers", **filters)


def speaker(person: str, **filters: object) -> str:
    """One of them, by the id."""
    return with_query(f"/speaker/{quote(person, safe='')}", **filters)


def outlets(**filters: object) -> str:
    """All outlets."""
    return with_query("/outlets", **filters)


def outlet(name: str, **filters: object) -> str:
    """How one outlet is sourced."""
    return with_query("/outlet", name=name, **filters)


def inventory(**filters: object) -> str:
    """Who was quoted in some articles."""
    return with_query("/inventory", **filters)


def columns() -> str:
    """People's own columns: where they are imported, exported and taken back."""
    return "/columns"


def read() -> str:
    """Where a text is given to be read."""
    return "/read"


def reading(key: str) -> str:
    """A reading that is not in the library yet."""
    return f"/read/{quote(key, safe='')}"


def jobs() -> str:
    """What is being added in the background."""
    return "/jobs"


def job(number: int) -> str:
    """One thing that is being added."""
    return f"/jobs/{number}"


def login() -> str:
    """Where one says who one is."""
    return "/login"


def about() -> str:
    """What the marks and keys mean, and the addresses for programs."""
    return "/about"


def with_query(path: str, **values: object) -> str:
    """A path with a query; values that are None, false or empty are left out."""
    given = [(key, str(value)) for key, value in values.items() if value not in (None, "", False)]
    return f"{path}?{urlencode(given)}" if given else path


def changed(url: URL, **values: object) -> str:
    """A URL's path and query with some values changed; None removes one. Another filter begins at the first page."""
    if "page" not in values:
        values = values | {"page": None}
    gone = url.remove_query_params(list(values))
    kept = gone.include_query_params(**{key: value for key, value in values.items() if value not in (None, "")})
    return kept.path + (f"?{kept.query}" if kept.query else "")


def as_form(url: URL, suffix: str) -> str:
    """The address of the same page as JSON or CSV."""
    path = "/home" if url.path == "/" else url.path
    return f"{path}{suffix}" + (f"?{url.query}" if url.query else "")


def is_local(address: str) -> bool:
    """Whether an address leads to this application: it begins with one slash, and no browser reads it otherwise."""
    return (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and "\\" not in address
        and all(character.isprintable() and character.isascii() for character in address)
    )
