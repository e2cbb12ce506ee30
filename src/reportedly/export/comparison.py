"""A comparison in the terminal: each claim with its tree of origins, what changed on the way, and who copies whom.

Colour only repeats what words and signs already say. The articles' words are shown as they are, never read as markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from reportedly.export import words
from reportedly.schema import Appearance, Article, Change, Claim, Comparison, Copy, Independent, Origin, Place

_Articles = Mapping[str, Article]

_SIGNS = {"asserts": "+", "denies": "–", "withholds": "?"}


def render(comparison: Comparison, console: Console) -> None:
    """Print a comparison to the console, wrapped to its width; claims that only one outlet has are counted."""
    articles = {article.id: article for article in comparison.articles}
    shared = [claim for claim in comparison.claims if _outlets(claim, articles) > 1]
    alone = len(comparison.claims) - len(shared)
    _print(
        console, f"{_count(len(articles), 'article')} · {_count(len(shared), 'claim')} in more than one outlet", "bold"
    )
    _print(
        console, f"{_count(alone, 'claim')} of one outlet alone · {_count(len(comparison.copies), 'copy', 'copies')}"
    )
    for number, claim in enumerate(shared, 1):
        console.print()
        console.print(_claim(number, claim, articles, [one for one in comparison.changes if one.claim == claim.id]))
    if comparison.copies:
        console.print()
        _print(console, "Who copies whom", "bold")
        for copy in comparison.copies:
            _print(console, f"  {_copy(copy, articles)}")


def _print(console: Console, line: str, style: str = "") -> None:
    console.print(Text(line, style))


def _claim(number: int, claim: Claim, articles: _Articles, changes: Sequence[Change]) -> Tree:
    """One claim: its number of origins, the statements under each, why that number, what changed."""
    head = Text(f"{number:>3}  ").append(words.one_line(claim.text), "bold")
    if claim.suggested:
        head.append("  (a suggestion: perhaps not all one claim)", "yellow")
    tree = Tree(head, guide_style="dim")
    tree.add(Text(f"{_outlets(claim, articles)} outlets, {_range(claim.independent)}", "bold cyan"))
    for origin in claim.origins:
        branch = tree.add(_origin(origin))
        for one in claim.appearances:
            if one.origin == origin.id:
                branch.add(_appearance(one, articles))
    for change in changes:
        tree.add(_change(change, articles))
    if claim.why:
        tree.add(Text(words.one_line(claim.why), "dim"))
    for line in claim.would_change:
        tree.add(Text(words.one_line(line), "dim italic"))
    return tree


def _origin(origin: Origin) -> Text:
    return Text(words.one_line(origin.label), "cyan").append(f" ({origin.kind})", "dim")


def _appearance(one: Appearance, articles: _Articles) -> Text:
    """A statement: stance, outlet, who is said to have said it and through whom, and its words."""
    article = articles[one.place.article]
    line = Text(f"{_SIGNS[one.stance]} {_outlet(article)}: ")
    speaker = words.name(one.speaker) if one.n is not None else "in its own voice"
    line.append(speaker, "bold red" if one.speaker.name is None else "")
    for carrier in one.via:
        line.append(f" → {words.carrier(carrier)}")
    return line.append(f"  “{_quoted(one.place, articles)}”", "dim")


def _change(change: Change, articles: _Articles) -> Text:
    """What fell off between two statements, both with their words."""
    source, target = (articles[place.article] for place in (change.source, change.target))
    line = Text(f"{change.kind}: ", "bold yellow")
    line.append(f"{_outlet(source)} “{_quoted(change.source, articles)}” → ")
    return line.append(f"{_outlet(target)} “{_quoted(change.target, articles)}”")


def _copy(copy: Copy, articles: _Articles) -> str:
    source = _outlet(articles[copy.source]) if copy.source in articles else copy.source
    credit = "credited" if copy.credited else "not credited"
    share = f", {copy.share:.0%} of it" if copy.share else ""
    return words.one_line(f"{_outlet(articles[copy.target])} ← {source}: {copy.kind}, {credit}{share}")


def _quoted(place: Place, articles: _Articles) -> str:
    text = articles[place.article].text
    return words.one_line(words.ELLIPSIS.join(text[start:end] for start, end in place.content))


def _outlet(article: Article) -> str:
    return words.one_line(article.outlet or article.title or article.path or article.id)


def _outlets(claim: Claim, articles: _Articles) -> int:
    return len({_outlet(articles[one.place.article]) for one in claim.appearances})


def _range(independent: Independent) -> str:
    if independent.min == independent.max:
        return _count(independent.min, "independent origin")
    return f"{independent.min} to {_count(independent.max, 'independent origin')}"


def _count(n: int, noun: str, plural: str | None = None) -> str:
    return f"{n} {noun if n == 1 else plural or noun + 's'}"
