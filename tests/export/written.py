"""What an export writes, and readings for it that the invented stories do not have."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence

from reportedly.export.formats import KINDS, Format, InFile
from reportedly.export.options import Options
from reportedly.export.storable import storable
from reportedly.schema import Article, Attribution, Carrier, Reading, Speaker, When


def written(readings: Sequence[Reading], form: Format, options: Options = Options()) -> str:  # noqa: B008 - frozen
    """The text that a format of one file holds."""
    kind = KINDS[form]
    assert isinstance(kind, InFile)
    file = io.StringIO()
    kind.write(readings if kind.lossless else map(storable, readings), file, options)
    return file.getvalue()


_TEXT = (
    "🙂🙂 Ada Okonjo told Reuters, שרה said:\r\n\r\n“We 👩‍👩‍👧 will, if asked,\rstay\u2028put.” "
    "On Monday, reportedly.\ud83d\x00 End"
)


def _at(words: str) -> tuple[int, int]:
    start = _TEXT.index(words)
    return start, start + len(words)


# Every kind of thing at once: astral and joined characters, right to left, all line ends, NUL, a lone surrogate, spans
# that stand apart, cross lines and nest, a second statement in the same place, a speaker within itself.
STRANGE = Reading(
    Article(
        id="a/b?c#d e%f",
        text=_TEXT,
        url="https://user:secret@münchen.example:8443/ä b/%zz?q=<x>#f#g",
        outlet="=HYPERLINK(“x”)\ud800",
        title="'@SUM(1)\r\nnext\x00",
        published="2031-W14",
        retrieved="2031-04-05",
    ),
    (
        Attribution(
            n=3,
            content=(_at("“We 👩‍👩‍👧 will, if asked,\rstay\u2028put.”"), _at("End")),
            source=(_at("שרה"), _at("Ada Okonjo")),
            cue=(_at("said"),),
            quotation="mixed",
            speaker=Speaker("שרה אוקונג'ו", "person", "+1 minister", False, _at("שרה"), _at("Ada")),
            via=(
                Carrier("Ada Okonjo", "person", _at("Ada Okonjo told")),
                Carrier("Reuters", "agency", _at("Reuters"), carried=True),
                Carrier("-a letter", "document", _at("told")),
                Carrier("Chirp", "platform", _at("said")),
            ),
            conditions=(_at("if asked"),),
            hedges=(_at("reportedly"), _at("put.” On Monday, reportedly.\ud83d\x00")),
            stance="commits",
            when=When(_at("On Monday"), "2031-W14", carried=True),
            confidence=0.25,
        ),
        Attribution(n=1, content=(_at("“We 👩‍👩‍👧 will, if asked,\rstay\u2028put.”"), _at("End")), inside=3),
        Attribution(n=7, content=(), source=(_at("Reuters"),), speaker=Speaker("Reuters", "outlet"), inside=7),
        Attribution(n=8, content=(), speaker=Speaker("we", "author")),
    ),
)


def crowd(statements: int) -> Reading:
    """An article of many statements, each within the one before."""
    text = " ".join(f"“{number} is enough”, said Speaker {number % 50}." for number in range(statements))
    ends = [at + 1 for at, character in enumerate(text) if character == "."]
    found, start = [], 0
    for number, end in enumerate(ends):
        source = text.index("Speaker", start), end - 1
        found.append(
            Attribution(
                number + 1,
                ((start, text.index(",", start)),),
                (source,),
                quotation="direct",
                speaker=Speaker(text[source[0] : source[1]], "person", mention=source),
                inside=number or None,
            )
        )
        start = end + 1
    return Reading(Article("crowd", text), tuple(found))


def renamed(reading: Reading, url: str) -> Reading:
    """The reading of a page at another address."""
    return dataclasses.replace(reading, article=dataclasses.replace(reading.article, url=url))
