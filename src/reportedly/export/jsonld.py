"""What the three JSON-LD formats share: a document written item by item, and our own terms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from reportedly.export.names import Names
from reportedly.schema import Attribution, Reading

Node = Mapping[str, object]

# What no public vocabulary can say: what a statement hangs on, and how the article presents it.
TERMS = "urn:reportedly:terms#"

# JSON-LD is pasted into pages: nothing in it may end a script.
_IN_PAGES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def write_items(target: TextIO, before: str, items: Iterable[Node], after: str) -> int:
    """Write a document whose list of items stands between two pieces of JSON, one item a line; how many there were."""
    target.write(before)
    count = 0
    for item in items:
        target.write(",\n" if count else "\n")
        target.write(dumped(item))
        count += 1
    target.write(f"\n{after}")
    return count


def dumped(value: object) -> str:
    """JSON on one line, fit to stand inside a page."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_IN_PAGES)


def described(reading: Reading, item: Attribution, names: Names) -> Iterator[tuple[str, object]]:
    """What only our own terms say of a statement, as prefixed terms and values; what is not known is left out.

    The terms: ``reportedly:stance``, ``quotation``, ``speakerType``, ``role``, ``anonymous``, ``condition``, ``hedge``,
    ``via`` (a list, nearest the speaker first), ``said`` (the date of the saying), ``inside``, ``confidence``.
    """
    text = reading.article.text
    found: dict[str, object] = {
        "stance": item.stance,
        "quotation": item.quotation,
        "speakerType": item.speaker.type,
        "role": item.speaker.role,
        "anonymous": item.speaker.anonymous,
        "condition": [text[start:end] for start, end in item.conditions],
        "hedge": [text[start:end] for start, end in item.hedges],
        "said": item.when.date if item.when is not None else None,
        "confidence": item.confidence,
    }
    for term, value in found.items():
        if value is not None and value != []:
            yield f"reportedly:{term}", value
    if item.via:
        carriers = [{"reportedly:carrierType": one.type, "reportedly:carrierName": one.name} for one in item.via]
        yield "reportedly:via", {"@list": carriers}
    if item.inside is not None:
        yield "reportedly:inside", {"@id": names.statements[item.inside]}
