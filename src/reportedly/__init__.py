"""Reportedly reads news and accounts for every statement in it: who said it, through whom, on what condition.

import reportedly

reading = reportedly.read("story.html")
for said in reading.attributions:
    print(said.speaker.name, "->", reading.quote(said))

Names are loaded when they are first used: to search a library no model is loaded, and to read no database.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.errors import (
        InputError,
        LanguageError,
        LibraryError,
        ModelError,
        NotFoundError,
        NotInLibraryError,
        NotTextError,
        OffsetError,
        QueryError,
        ReportedlyError,
        SchemaError,
        TooLargeError,
        VersionError,
    )
    from reportedly.ingest import Columns
    from reportedly.pipeline import Reader, read, read_many
    from reportedly.schema import (
        Article,
        Attribution,
        Block,
        Carrier,
        Credit,
        Failure,
        Maker,
        Reading,
        Speaker,
        Voice,
        When,
    )
    from reportedly.store import Hit, Library, Query, Results

    __version__: str

__all__ = [
    "Article",
    "Attribution",
    "Block",
    "Carrier",
    "Columns",
    "Credit",
    "Failure",
    "Hit",
    "InputError",
    "LanguageError",
    "Library",
    "LibraryError",
    "Maker",
    "ModelError",
    "NotFoundError",
    "NotInLibraryError",
    "NotTextError",
    "OffsetError",
    "Query",
    "QueryError",
    "Reader",
    "Reading",
    "ReportedlyError",
    "Results",
    "SchemaError",
    "Speaker",
    "TooLargeError",
    "VersionError",
    "Voice",
    "When",
    "__version__",
    "read",
    "read_many",
]

# The module of each name that is not an error or a record of the schema.
_HOMES = {
    "Columns": "ingest",
    "Hit": "store",
    "Library": "store",
    "Query": "store",
    "Reader": "pipeline",
    "Results": "store",
    "read": "pipeline",
    "read_many": "pipeline",
}


def __getattr__(name: str) -> Any:
    """The public name, from the module that it lives in."""
    if name == "__version__":
        from importlib.metadata import version  # reading the package's own data takes a hundredth of a second

        value: Any = version("reportedly")
    elif name in __all__:
        home = _HOMES.get(name) or ("errors" if name.endswith("Error") else "schema")
        value = getattr(import_module(f"reportedly.{home}"), name)
    else:
        raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
