"""What a reader is told about a statement, in words: the same in the terminal and on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportedly.schema import Article, Attribution, Carrier, Reading, Span, Speaker

NOBODY = "∅ nobody named"
ELLIPSIS = " [...] "

# Below this, one of source, cue and content is likelier wrong than not: confidence is that all three are right.
UNCERTAIN = 0.5

QUOTATIONS = {"direct": "quoted", "indirect": "paraphrased", "mixed": "partly quoted"}
STANCES = {
    "asserts": "asserts",
    "denies": "denies",
    "asks": "asks",
    "commits": "promises or intends",
    "wants": "wants or urges",
    "believes": "believes or expects",
    "withholds": "declines to say",
}
_KINDS = {"unnamed": "unnamed", "author": "the article's own voice", "unknown": "kind unclear"}

# How speakers are counted, in the order in which they are told: singular and plural.
_TALLY = {
    "named": ("named", "named"),
    "unnamed": ("unnamed", "unnamed"),
    "group": ("group", "groups"),
    "document": ("document", "documents"),
    "author": ("the author's own", "the author's own"),
    "nobody": ("nobody named", "nobody named"),
}

# Control characters move cursors and recolour terminals, and are errors in HTML: each becomes its picture
# (U+2400 and on), or U+FFFD where it has none. One for one, so that offsets hold. Tab and line ends stay.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
_CONTROLS = _PICTURES | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_NONCHARACTERS = dict.fromkeys([*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF], 0xFFFD)
_HARMLESS = _CONTROLS | _NONCHARACTERS
# Invisible characters that turn the direction of what follows, beyond the end of the words they stand in.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def harmless(text: str) -> str:
    """The text with control characters and lone surrogates replaced, one character for one."""
    return text.translate(_HARMLESS)


def one_line(text: str) -> str:
    """The text, harmless, fit to stand among other words: white space as one space, no turns of direction."""
    return " ".join(harmless(text).translate(_TURNS).split())


def headline(article: Article) -> str:
    """The article's title, or what else it goes by."""
    return one_line(article.title or article.path or article.url or article.id)


def provenance(article: Article) -> list[str]:
    """Outlet, date, byline and the agency that is credited, as far as they are known."""
    byline, agency = one_line(article.byline or ""), article.credit.name if article.credit is not None else ""
    if byline and not byline.lower().startswith("by "):
        byline = f"by {byline}"
    credit = f"credited to {one_line(agency)}" if agency else ""
    return [
        part for part in (one_line(article.outlet or ""), one_line(article.published or ""), byline, credit) if part
    ]


def tally(attributions: Iterable[Attribution]) -> str:
    """How many statements there are, and what stands behind them: "9 statements · 7 named · 2 unnamed"."""
    counts = Counter(standing(item.speaker) for item in attributions)
    total = counts.total()
    if not total:
        return "No statements found"
    parts = [f"{counts[kind]} {words[counts[kind] > 1]}" for kind, words in _TALLY.items() if counts[kind]]
    return " · ".join([f"{total} statement{'s' if total > 1 else ''}", *parts])


def standing(speaker: Speaker) -> str:
    """Named, unnamed, group, document, author or nobody: what kind of source stands behind a statement."""
    if speaker.name is None:
        return "author" if speaker.type == "author" else "nobody"
    if speaker.anonymous:
        return "unnamed"
    return speaker.type if speaker.type in _TALLY else "named"


def name(speaker: Speaker) -> str:
    """The speaker's name, or that nobody is named."""
    return one_line(speaker.name) if speaker.name is not None else NOBODY


def role(speaker: Speaker) -> str:
    """The speaker's role, or nothing."""
    return one_line(speaker.role or "")


def kind(speaker: Speaker) -> str:
    """What kind of speaker, where it is not simply a named person: "organisation", "anonymous"."""
    if speaker.type == "unnamed" and speaker.anonymous:
        return "anonymous"
    if speaker.name is None and speaker.type == "unknown":
        return ""
    parts = [] if speaker.type == "person" else [_KINDS.get(speaker.type, speaker.type)]
    if speaker.anonymous and speaker.name is not None:
        parts.append("anonymous")
    return ", ".join(parts)


def outlet(article: Article) -> str:
    """The last rung of every chain: where the words stand."""
    return one_line(article.outlet or "") or "this article"


def carrier(item: Carrier) -> str:
    """A carrier's name and kind: "TASS (agency)"."""
    return f"{one_line(item.name)} ({item.type})"


def chain(reading: Reading, item: Attribution) -> str:
    """Who said it, through whom, and where it stands: "Ada Okonjo, Finance Minister → Reuters (agency) → The Post"."""
    speaker = ", ".join(filter(None, (name(item.speaker), role(item.speaker))))
    return " → ".join([speaker, *map(carrier, item.via), outlet(reading.article)])


def tags(item: Attribution) -> list[str]:
    """What a statement can be sorted by, a word each: quotation kind, stance, and what else holds of it."""
    holds = {
        "anonymous": item.speaker.anonymous,
        "nobody named": item.speaker.name is None and item.speaker.type != "author",
        "relayed": bool(item.via),
        "conditional": bool(item.conditions),
        "hedged": bool(item.hedges),
    }
    return [word for word in (item.quotation, item.stance) if word] + [word for word, true in holds.items() if true]


def facts(reading: Reading, item: Attribution) -> list[str]:
    """Quotation kind, stance and cue, date, nesting and doubt, a phrase each."""
    found = []
    if item.confidence is not None and item.confidence < UNCERTAIN:
        found.append("uncertain")
    if item.quotation is not None:
        found.append(QUOTATIONS[item.quotation])
    if item.stance is not None:
        found.append(STANCES[item.stance])
    if item.cue:
        found.append(f"“{quote(reading, item.cue)}”")
    if item.when is not None:
        found.append(f"{quote(reading, [item.when.evidence])} ({one_line(item.when.date or '') or 'date unclear'})")
    if item.inside is not None:
        found.append(f"inside statement {item.inside}")
    return found


def strings(reading: Reading, item: Attribution) -> list[tuple[str, str]]:
    """What the statement hangs on: ("condition" or "hedge", its words), one each."""
    labelled = [("condition", span) for span in item.conditions] + [("hedge", span) for span in item.hedges]
    return [(label, f"“{quote(reading, [span])}”") for label, span in labelled]


def quote(reading: Reading, spans: Iterable[Span]) -> str:
    """The words of some spans on one line."""
    return ELLIPSIS.join(one_line(reading.article.text[start:end]) for start, end in spans)
