"""What is exported to: the formats, and the choices that some of them leave open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from reportedly.errors import ExportError

# A name of our own for what has none on the web. With the address of a library that is served instead, the names of
# articles and statements are their pages.
BASE = "urn:reportedly:"
_BASE = re.compile(r"(?:https?://[\w.:\[\]-]+/|urn:[a-z0-9-]+:)(?:[\w!$&'()*+,;=:@.~%-]+[/:])*", re.ASCII)


class Format(StrEnum):
    """How readings can be exported."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    WEBANNO = "webanno"
    SCHEMAORG = "schemaorg"
    PROV = "prov"
    FTM = "ftm"
    BRAT = "brat"
    DOCBIN = "docbin"


@dataclass(frozen=True, slots=True)
class Options:
    """Choices, each of which only the formats named for it look at.

    ``base`` (webanno, schemaorg, prov): what the names of articles, statements and speakers begin with, an IRI up to
    and with its last ``/`` or ``:``. ``utf16`` (webanno): positions count UTF-16 units, as Hypothes.is does, and not
    code points, as the W3C wants. ``raw`` (csv): cells as they are, also those that a spreadsheet would run as
    formulas. Raises ExportError for a base that cannot begin a name.
    """

    base: str = BASE
    utf16: bool = False
    raw: bool = False

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise ExportError(
                f"base {self.base!r:.80}", "it cannot begin a name", "give an address that ends in / or urn:NAME:"
            )
