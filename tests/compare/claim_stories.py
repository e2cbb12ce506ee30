"""Invented reports with their statements, as reading would find them."""

from __future__ import annotations

import re
from typing import Any

from reportedly.schema import Article, Attribution, Block, Carrier, Reading, Speaker, article_id
from reportedly.text import paragraphs, quoted

Said = tuple[str, Speaker, dict[str, Any]]

ODA = Speaker("Oda Brekk", "person", "chair of the harbour board")
SOURCE = Speaker("a harbour official", "unnamed", anonymous=True)
OFFICIALS = Speaker("harbour officials", "unnamed", anonymous=True)
REPORT = Speaker("a diving report", "document")
BOARD = Speaker("Harbour Board of Holm", "organisation")


def said(content: str, speaker: Speaker, **fields: Any) -> Said:
    """A statement: the exact words of its content, who speaks, and other fields of the attribution."""
    return content, speaker, fields


def told(outlet: str, published: str, text: str, *statements: Said) -> Reading:
    """An article of an outlet and a day, with its statements numbered in the order given."""
    blocks = tuple(Block("paragraph", span) for span in paragraphs(text))
    article = Article(article_id(text, outlet), text, blocks, path=f"{outlet}.txt", outlet=outlet, published=published)
    return Reading(article, tuple(_attribution(text, n, *one) for n, one in enumerate(statements, 1)))


def _attribution(text: str, n: int, content: str, speaker: Speaker, fields: dict[str, Any]) -> Attribution:
    at = text.index(content)
    span = (at, at + len(content))
    direct = any(start <= at and span[1] <= end for start, end in quoted(text))
    via = fields.pop("via", ())
    cue = re.compile(fields.pop("cue", r"\b(?:said|says|told|added)\b"))
    near = cue.search(text, span[1]) or cue.search(text)
    who = re.search(re.escape((speaker.name or "").split()[-1]) + r"|\bshe\b", text[span[1] :])
    return Attribution(
        n,
        (span,),
        cue=(near.span(),) if near else (),
        source=((who.start() + span[1], who.end() + span[1]),) if who else (),
        quotation="direct" if direct else "indirect",
        speaker=speaker,
        via=tuple(Carrier(name, "outlet", span) for name in via),
        stance=fields.pop("stance", "asserts"),
        **fields,
    )


WIRE = told(
    "Tarn Wire",
    "2031-03-03",
    "The eastern lock of Holm would be closed for six weeks if divers find that its hinges are worn, Oda Brekk, the "
    "chair of the harbour board, said on Monday.\n\n"
    "Some 2,400 tonnes of grain lie at the mill of Ustrup, she said.",
    said("The eastern lock of Holm would be closed for six weeks if divers find that its hinges are worn", ODA),
    said("Some 2,400 tonnes of grain lie at the mill of Ustrup", ODA),
)
PRINTED = told(
    "Holm Star",
    "2031-03-04",
    "The eastern lock of Holm would be closed for six weeks if divers find that its hinges are worn, Oda Brekk said "
    "on Monday.\n\nSome 2,400 tonnes of grain lie at the mill of Ustrup, she said.",
    said("The eastern lock of Holm would be closed for six weeks if divers find that its hinges are worn", ODA),
    said("Some 2,400 tonnes of grain lie at the mill of Ustrup", ODA),
)
SHORTENED = told(
    "Vessa Echo",
    "2031-03-05",
    "The eastern lock of Holm will be closed for six weeks, Oda Brekk told Tarn Wire.\n\n"
    "Some 4,200 tonnes of grain lie at the mill of Ustrup, she said.",
    said("The eastern lock of Holm will be closed for six weeks", ODA, via=("Tarn Wire",)),
    said("Some 4,200 tonnes of grain lie at the mill of Ustrup", ODA),
)
