"""A reading as the library keeps it: packed, without loss, and as the rows that are searched.

The text is packed once an article. The record of a reading, which is mostly names that stand in that text and the same
few keys again and again, is packed with both at hand, to a seventh of what it would take.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportedly.schema import Attribution, Maker, Reading, Span, article_id, from_record, to_record
from reportedly.store.codes import CARRIER_TYPES, QUOTATIONS, SPEAKER_TYPES, STANCES, code
from reportedly.store.days import interval
from reportedly.store.folding import folded, words

# What records are packed with. It is part of every library: changing a byte makes them unreadable.
_KEYS = (
    b'"schema":1,"path":"","url":"https://www.","outlet":"","title":"","byline":"","published":"20","retrieved":"20",'
    b'"credit":{"name":"Reuters","evidence":[]},"found_in":{"url":"open graph","outlet":"json-ld","title":"json-ld",'
    b'"byline":"meta","published":"page"},"blocks":[{"kind":"heading","span":[0,6]},{"kind":"byline","span":['
    b'{"kind":"dateline","span":[{"kind":"caption","span":[{"kind":"credit","span":[{"kind":"furniture","span":['
    b'{"kind":"list","span":[{"kind":"quote","span":[{"kind":"paragraph","span":[11]},{"kind":"paragraph","span":[12'
    b'}],"attributions":[{"n":1,"content":[[1]],"cue":[[1]],"quotation":"direct","speaker":{"type":"unknown"},'
    b'"speaker":{"name":"","type":"document","mention":[1]},"speaker":{"name":"","type":"outlet","mention":[1]},'
    b'"speaker":{"name":"","type":"author","mention":[1]},"speaker":{"name":"","type":"group","mention":[1]},'
    b'"via":[{"name":"","type":"agency","evidence":[1],"carried":true}],"via":[{"name":"","type":"platform",'
    b'"conditions":[[1]],"hedges":[[1]],"stance":"believes","stance":"withholds","stance":"denies","stance":"asks",'
    b'"stance":"wants","stance":"commits","when":{"evidence":[1],"date":"20"},"inside":1,"confidence":0.9},'
    b'{"n":2,"content":[[1]],"source":[[1]],"cue":[[1]],"quotation":"mixed","speaker":{"name":"a","type":"unnamed",'
    b'"anonymous":true,"mention":[1]},"stance":"asserts","confidence":0.7},{"n":3,"content":[[2]],"source":[[2]],'
    b'"cue":[[2]],"quotation":"indirect","speaker":{"name":"","type":"organisation","mention":[2]},"stance":"asserts",'
    b'"confidence":0.8},{"n":4,"content":[[3]],"source":[[3]],"cue":[[3]],"quotation":"indirect","speaker":{"name":"",'
    b'"type":"person","role":"","mention":[1],"role_evidence":[1]},"stance":"asserts","confidence":0.9}'
)
# The window of the packing; what lies before it is of no use.
_WINDOW = 32_000

LINE_ENDS = "\r\n\u2028\u2029"

# A lone surrogate has no UTF-8, and PostgreSQL keeps no NUL. The record holds both as they are.
_UNKEPT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Words:
    """What of one statement can be found by words, folded: its content and three kinds of names."""

    said: str
    speaker: str
    via: str
    outlet: str


def content_hash(reading: Reading) -> str:
    """The id under which the library keeps an article: the hash of its URL and text, whatever its own id."""
    return article_id(reading.article.text, reading.article.url)


def pack_text(text: str) -> bytes:
    """The text, packed."""
    return zlib.compress(_bytes(text), 9)


def unpack_text(data: bytes) -> str:
    """The text that was packed."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def pack_record(reading: Reading) -> bytes:
    """The reading without its text and maker, packed."""
    record = to_record(reading)
    del record["text"], record["maker"]
    packer = zlib.compressobj(9, zdict=_dictionary(reading.article.text))
    return (
        packer.compress(_bytes(json.dumps(_slim(record), ensure_ascii=False, separators=(",", ":")))) + packer.flush()
    )


def unpack_record(data: bytes, text: str, maker: Maker | None) -> Reading:
    """The reading that was packed."""
    return replace(from_record(_unpacked(data, text), text), maker=maker)


def unpack_statement(data: bytes, text: str, maker: Maker | None, n: int) -> Reading:
    """The reading that was packed, with no statements but number ``n`` and those that hold it."""
    record = _unpacked(data, text)
    there = {item["n"]: item for item in record.get("attributions", ())}
    chosen: dict[int, Any] = {}
    while n in there and n not in chosen:
        chosen[n] = there[n]
        n = there[n].get("inside")
    record["attributions"] = list(chosen.values())
    return replace(from_record(record, text), maker=maker)


def _unpacked(data: bytes, text: str) -> dict[str, Any]:
    unpacker = zlib.decompressobj(zdict=_dictionary(text))
    record: dict[str, Any] = json.loads((unpacker.decompress(data) + unpacker.flush()).decode("utf-8", "surrogatepass"))
    return record


def _slim(value: Any) -> Any:
    """JSON without what is null, false or empty: a record is read without these as it is with them."""
    if isinstance(value, Mapping):
        return {key: _slim(item) for key, item in value.items() if not _is_nothing(item)}
    return [_slim(item) for item in value] if isinstance(value, list | tuple) else value


def _is_nothing(value: object) -> bool:
    return value is None or value is False or (isinstance(value, list | tuple | Mapping) and not value)


def _dictionary(text: str) -> bytes:
    return _bytes(text[:_WINDOW])[: _WINDOW - len(_KEYS)] + _KEYS


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def kept(text: str | None) -> str | None:
    """A text as any database can keep it in a column."""
    return None if text is None else _UNKEPT.sub("\ufffd", text)


def place(item: Attribution) -> Span:
    """Where a statement stands: from the first character of its content to the last, whatever lies between."""
    spans = item.content or item.source or item.cue
    return min((start for start, _ in spans), default=0), max((end for _, end in spans), default=0)


def statement_row(reading: Reading, item: Attribution, outlet: int | None) -> dict[str, object]:
    """The columns of one statement, but for its own and its article's number."""
    first, last = interval(item.when.date if item.when is not None else None)
    return {
        "n": item.n,
        "outlet": outlet,
        "published": interval(reading.article.published)[0],
        "said_first": first,
        "said_last": last,
        "speaker": kept(item.speaker.name),
        "role": kept(item.speaker.role),
        "type": code(SPEAKER_TYPES, item.speaker.type),
        "anonymous": int(item.speaker.anonymous),
        "quotation": code(QUOTATIONS, item.quotation),
        "stance": code(STANCES, item.stance),
        "conditional": int(bool(item.conditions)),
        "hedged": int(bool(item.hedges)),
        "confidence": thousandths(item.confidence, math.floor) if item.confidence is not None else None,
        "content": content_key(content(reading, item)),
        **measures(reading, item),
    }


def measures(reading: Reading, item: Attribution) -> dict[str, int]:
    """How long a statement is, where its paragraph begins, and how many carriers it came through."""
    text = reading.article.text
    return {
        "words": sum(1 for start, end in item.content for _ in words(text[start:end])),
        "paragraph": _paragraph(reading, place(item)[0]),
        "rungs": len(item.via),
    }


def _paragraph(reading: Reading, at: int) -> int:
    """The first character of the block, or else the line, in which a character stands."""
    for block in reading.article.blocks:
        if block.span[0] <= at < block.span[1]:
            return block.span[0]
    return max(reading.article.text.rfind(end, 0, at) for end in LINE_ENDS) + 1


def byline_words(byline: str | None) -> str | None:
    """The words of a byline as they are kept to be found: folded, each with a space on both sides."""
    found = " ".join(word for word, _ in words(byline or ""))
    return f" {found} " if found else None


def content(reading: Reading, item: Attribution) -> str:
    """What a statement says, as it is compared by meaning."""
    text = reading.article.text
    return one_line(" ".join(text[start:end] for start, end in item.content))


def one_line(text: str) -> str:
    """A text on one line, without what has no UTF-8."""
    return " ".join(_UNKEPT.sub("\ufffd", text).split())


def content_key(content: str) -> int | None:
    """The number under which a content has its vector: 63 bits of its hash; none where nothing is said."""
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:8], "big") >> 1 if content else None


def carrier_rows(item: Attribution) -> Iterator[dict[str, object]]:
    """The columns of each carrier of a statement, but for the statement's number."""
    for rung, carrier in enumerate(item.via, 1):
        yield {"rung": rung, "name": kept(carrier.name), "type": code(CARRIER_TYPES, carrier.type)}


def thousandths(share: float, rounded: Callable[[float], int]) -> int:
    """A share of 1 in thousandths: rounded down where it is kept, up where it is the least that is asked for."""
    return rounded(round(share * 1000, 6))


def words_of(reading: Reading, item: Attribution) -> Words:
    """What of a statement can be found by words."""
    text = reading.article.text
    return Words(
        said=folded(tuple(text[start:end] for start, end in item.content)),
        speaker=folded((item.speaker.name or "",)),
        via=folded(tuple(carrier.name for carrier in item.via)),
        outlet=folded((reading.article.outlet or "",)),
    )
