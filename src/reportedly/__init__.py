"""Reportedly reads news and accounts for every statement in it: who said it, through whom, on what condition.

import reportedly

reading = reportedly.read("story.html")
for said in reading.attributions:
    print(said.speaker.name, "->", reading.quote(said))
"""

from importlib.metadata import version

from reportedly.errors import (
    InputError,
    LanguageError,
    ModelError,
    NotFoundError,
    NotTextError,
    OffsetError,
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

__version__ = version("reportedly")

__all__ = [
    "Article",
    "Attribution",
    "Block",
    "Carrier",
    "Columns",
    "Credit",
    "Failure",
    "InputError",
    "LanguageError",
    "Maker",
    "ModelError",
    "NotFoundError",
    "NotTextError",
    "OffsetError",
    "Reader",
    "Reading",
    "ReportedlyError",
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
