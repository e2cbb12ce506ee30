"""What a search found, in the terminal: each statement with its chain, its words in context, and its place."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from reportedly.export import words
from reportedly.store import Facet, Hit, Query, Results

_INDENT = 5
# Narrower than this beside the indent, words are unreadable; rather let a line be too long.
_LEAST_WIDTH = 20
# The facets shown, in this order, with their names; those of two values are left to --json.
_FACETS = {"speaker": "Speakers", "outlet": "Outlets", "carrier": "Carriers", "stance": "Stance"}
_SHOWN_VALUES = 5


def show_results(results: Results, query: Query, console: Console) -> None:
    """Print one page of results, and the counts by which the search can be narrowed."""
    console.print(Text(_summary(results, query), style="bold"))
    for number, hit in enumerate(results.hits, query.offset + 1):
        console.print()
        _hit(number, hit, console)
    if results.total > len(results.hits):
        console.print()
        for facet in results.facets:
            if facet.field in _FACETS and len(facet.counts) + facet.others > 1:
                console.print(_counts(facet), soft_wrap=False)


def _summary(results: Results, query: Query) -> str:
    total = f"{results.total:,}{' or more' if results.more else ''}"
    found = f"{total} statement{'s' if results.total != 1 else ''}" if results.total else "No statements found"
    last = query.offset + len(results.hits)
    if not results.hits or results.total == len(results.hits):
        return found
    return f"{found} · {query.offset + 1:,} to {last:,} shown"


def _hit(number: int, hit: Hit, console: Console) -> None:
    chain = Text.assemble(*_chain(hit))
    _lines(console, chain, f"{number:>3}")
    _lines(console, Text(" · ".join(_facts(hit)), style="dim"))
    _lines(console, _passage(hit, plain=not console.is_terminal or console.no_color))
    _lines(console, Text(" · ".join(_source(hit)), style="dim"))
    _lines(console, Text(hit.place, style="dim"))


def _chain(hit: Hit) -> Iterator[tuple[str, str]]:
    """The speaker and, where there are carriers, the way through them to the outlet."""
    speaker = hit.statement.speaker
    yield words.name(speaker), "bold"
    if role := words.role(speaker):
        yield f", {role}", ""
    if kind := words.kind(speaker):
        yield f" ({kind})", ""
    for carrier in hit.statement.via:
        yield f" → {words.carrier(carrier)}", ""
    if hit.statement.via:
        yield f" → {words.outlet(hit.reading.article)}", ""


def _facts(hit: Hit) -> Iterator[str]:
    yield from words.facts(hit.reading, hit.statement)
    for label, what in words.strings(hit.reading, hit.statement):
        yield f"{label} {what}"


def _source(hit: Hit) -> Iterator[str]:
    article = hit.reading.article
    yield f"“{words.headline(article)}”"
    yield from (words.one_line(part) for part in (article.outlet, article.published) if part)


def _passage(hit: Hit, plain: bool) -> Text:
    """The words in context. Where no style would show, arrows mark what was looked for."""
    shown, reached, text = hit.passage, 0, Text()
    start, end = hit.span
    if shown.start > start:
        text.append("… ")
    for low, high in shown.marks:
        text.append(_flat(shown.text[reached:low]))
        word = _flat(shown.text[low:high])
        text.append(f">>{word}<<" if plain else word, None if plain else "bold underline")
        reached = high
    text.append(_flat(shown.text[reached:]))
    if shown.start + len(shown.text) < end:
        text.append(" …")
    return text


def _flat(text: str) -> str:
    """Words of a passage on one line, the space at their ends kept."""
    flat = words.one_line(text)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and flat else ""
    return f"{before}{flat}{after}"


def _lines(console: Console, text: Text, first: str = "") -> None:
    if not text.plain.strip():
        return
    margin = first.ljust(_INDENT)
    for line in text.wrap(console, max(console.width - _INDENT, _LEAST_WIDTH)):
        line.rstrip()
        console.print(Text(margin).append_text(line), soft_wrap=True)
        margin = " " * _INDENT


def _counts(facet: Facet) -> Text:
    shown = [f"{words.one_line(count.value)} {count.count:,}" for count in facet.counts[:_SHOWN_VALUES]]
    others = len(facet.counts) - len(shown) + facet.others
    more = [f"{others:,} more"] if others else []
    return Text(f"{_FACETS[facet.field]}: {' · '.join(shown + more)}")
