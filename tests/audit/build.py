"""Readings for the tests out of marked text: the marks are those of training/data/GUIDE.md."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from reportedly.schema import Article, Attribution, Block, Reading, from_record
from reportedly.text import paragraphs
from training.reports import unmark


def reading(marked: str, said: Mapping[str, Mapping[str, Any]] | None = None, **article: Any) -> Reading:
    """The reading that marked text and the fields of its statements mean; ``blocks=True`` marks paragraphs as such."""
    text, spans = unmark(marked)
    confidence = article.pop("confidence", None)
    record = {
        "id": "example",
        "attributions": [_statement(n, marks, (said or {})[str(n)], confidence) for n, marks in spans.items()],
    }
    built = from_record(record, text)
    blocks = tuple(Block("paragraph", span) for span in paragraphs(text)) if article.pop("blocks", False) else ()
    return dataclasses.replace(built, article=dataclasses.replace(built.article, blocks=blocks, **article))


def _statement(n: int, marks: Mapping[str, Any], fields: Mapping[str, Any], confidence: float | None) -> dict[str, Any]:
    kind = fields["type"]
    return {
        "n": n,
        "source": marks.get("s", []),
        "cue": marks.get("u", []),
        "content": marks["c"],
        "hedges": marks.get("h", []),
        "speaker": {
            "name": fields.get("name"),
            "type": kind,
            "role": fields.get("role"),
            "anonymous": fields.get("anonymous", kind == "unnamed"),
        },
        "via": [
            {"name": name, "type": sort, "evidence": marks[f"v{k}"][0]}
            for k, (name, sort) in enumerate(fields.get("via", []), 1)
        ],
        "stance": fields.get("stance", "asserts"),
        "inside": fields.get("inside"),
        "confidence": confidence,
    }


def plain(text: str, *statements: Attribution, **article: Any) -> Reading:
    """A reading of a text with ready-made statements."""
    return Reading(Article("plain", text, **article), statements)
