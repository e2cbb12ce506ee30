"""Whose report it is, by its own account: who signs it, and which other media it says that it has something from."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from reportedly.compare.report import Report
from reportedly.lexicon import is_agency, medium, page_words
from reportedly.lexicon.relays import relay_words
from reportedly.schema import Article, BlockKind, Span
from reportedly.text import quoted

# Blocks beside the body in which a report is signed.
_SIGNED = ("byline", "dateline", "credit", "furniture")
_IN_DATELINE = re.compile(r"[(/]([^()/\n]{2,40})[)/]")
# "Dec 29 (Reuters) -": no dateline as ingest reads it, for want of a place.
_OPENING = re.compile(r"[^()\n]{0,60}[(/]([^()/\n]{2,40})[)/]\s*[-–—]")
_PARTING = re.compile(r"[,|/;•·()]|\s[-–—]\s|\b(?:by|of|for|from|and|via|with)\b", re.IGNORECASE)
_NAME = r"([A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})"
_CALLED_AGENCY = re.compile(rf"\b[Nn]ews agency,? {_NAME}")


def plain_name(name: str | None) -> str:
    """A medium's name so that it can be compared: its usual form, in letters and digits, without "the"."""
    known = medium(name) if name else None
    words = (known.name if known is not None else name or "").casefold().removeprefix("the ")
    return "".join(c for c in words if c.isalnum())


def owner(article: Article) -> str | None:
    """Who published the article: its outlet, or where that is not known the agency that signs it."""
    return article.outlet or (article.credit.name if article.credit is not None else None)


def same_outlet(one: Article, other: Article) -> bool:
    """Whether one outlet published both, as far as is known."""
    name = plain_name(owner(one))
    return bool(name) and name == plain_name(owner(other))


def signs(article: Article, name: str | None) -> bool:
    """Whether an article is signed with the name of another's outlet: in byline, dateline or closing lines."""
    if not plain_name(name) or plain_name(name) == plain_name(article.outlet):
        return False
    if article.credit is not None and plain_name(article.credit.name) == plain_name(name):
        return True
    return any(_bounded(_forms(name or "")).search(words) for words, _ in _signatures(article))


def agencies_shown(article: Article) -> Iterator[str]:
    """The plain names of news agencies, known or not, that an article shows to be one.

    That is what ingest found to be credited as one, an outlet that signs its own dateline ("(IPB) -"), and what is
    called one ("the news agency IPB").
    """
    if article.credit is not None:
        yield plain_name(article.credit.name)
    for block in article.blocks:
        if block.kind == "dateline":
            for match in _IN_DATELINE.finditer(article.text, *block.span):
                if plain_name(match.group(1)) == plain_name(article.outlet):
                    yield plain_name(match.group(1))
    # Looking for the plain words first is ten times as fast.
    for match in _CALLED_AGENCY.finditer(article.text) if "ews agency" in article.text else ():
        yield plain_name(match.group(1))


def known_agency(name: str | None, shown: frozenset[str]) -> bool:
    """Whether the name is a news agency's: by the lexicon, by its form, or by what other articles show."""
    return bool(name) and (plain_name(name) in shown or is_agency(name or ""))


def signed_agency(article: Article, shown: frozenset[str]) -> tuple[str, bool] | None:
    """The agency, other than the outlet itself, that signs for the article, and whether it signs for all of it.

    For all of it an agency signs in dateline or byline; a closing line may credit it with a part.
    """
    own = plain_name(article.outlet)
    credit = article.credit
    if credit is not None and plain_name(credit.name) != own:
        return credit.name, credit.evidence is None or _is_head(article, credit.evidence[0])
    if (name := _opening_agency(article, shown)) is not None and plain_name(name) != own:
        return name, True
    for words, kind in _signatures(article):
        for part in _PARTING.split(words):
            name = part.strip(" .©")
            if plain_name(name) in shown and plain_name(name) != own:
                return name, kind in ("byline", "dateline")
    return None


def _opening_agency(article: Article, shown: frozenset[str]) -> str | None:
    """The agency that a line up to the first paragraph opens with in brackets."""
    for block in article.blocks:
        opening = _OPENING.match(article.text, *block.span) if block.kind in ("heading", "paragraph") else None
        if opening is not None and known_agency(opening.group(1), shown):
            known = medium(opening.group(1))
            return known.name if known is not None else opening.group(1)
        if block.kind == "paragraph":
            break
    return None


def _is_head(article: Article, place: int) -> bool:
    kinds = {block.kind for block in article.blocks if block.span[0] <= place < block.span[1]}
    return bool(kinds & {"byline", "dateline", "heading"})


def relayed_agencies(report: Report, shown: frozenset[str]) -> dict[int, str]:
    """The agencies that the article says it has something from ("told IPB"), by the number of the sentence."""
    found: dict[int, str] = {}
    own = plain_name(report.article.outlet)
    for match in _relays(_NAME).finditer(report.article.text):
        name = _agency_in(match.group(1) or match.group(2), match.group(1) is not None, shown)
        if name is not None and plain_name(name) != own:
            for number in _sentences_at(report, [match.span()]):
                found.setdefault(number, name)
    return found


def _agency_in(run: str, at_front: bool, shown: frozenset[str]) -> str | None:
    """The agency whose name a run of capitalised words begins with ("Reuters Monday"), or else ends in; usual form."""
    words = run.split()
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length] if at_front else words[-length:])
        known = medium(name)
        if known is not None and known.doubt is None and known.type == "agency":
            return known.name
        if known is None and known_agency(name, shown):
            return name
    return None


def naming(report: Report, name: str | None) -> dict[int, bool]:
    """The sentences, by number, that name this medium in the report's own voice, and whether in set words.

    Those are words that say that something is from it ("told IPB"). The ways to say so are without number, so where
    it is only named the content must tell. A medium of the report's own name is not looked for.
    """
    own = report.article.outlet
    if not plain_name(name) or plain_name(name) == plain_name(own):
        return {}
    text = report.article.text
    forms = _short_forms(name or "", (own or "").rpartition(" ")[2])
    places = [match.span() for match in _bounded(forms).finditer(text)]
    if not places:
        return {}
    marks = quoted(text)
    named = _sentences_at(report, [(s, e) for s, e in places if not any(low <= s < high for low, high in marks)])
    stated = set(_sentences_at(report, [match.span() for match in _relays(forms).finditer(text)]))
    return {number: number in stated for number in named}


def told_to_us(report: Report) -> list[int]:
    """The numbers of the sentences that the report has first hand: what somebody told its own outlet."""
    forms = _short_forms(report.article.outlet, "") if plain_name(report.article.outlet) else ""
    found = _relays(forms).finditer(report.article.text) if forms else iter(())
    return _sentences_at(report, [match.span() for match in found])


def relayed_by_nobody(report: Report) -> list[int]:
    """The numbers of the sentences that quote at second hand and do not say from whom ("was quoted as saying")."""
    return _sentences_at(report, [match.span() for match in _unnamed().finditer(report.article.text)])


def _sentences_at(report: Report, places: Iterable[Span]) -> list[int]:
    return [
        number
        for number, sentence in enumerate(report.sentences)
        if any(sentence.span[0] <= start < sentence.span[1] for start, _ in places)
    ]


def _signatures(article: Article) -> Iterator[tuple[str, BlockKind]]:
    """The words in which the article is signed, and what kind of line they are, without the credits of pictures."""
    if article.byline:
        yield article.byline, "byline"
    before = None
    for block in article.blocks:
        words = article.text[slice(*block.span)]
        picture = block.kind == "credit" and (before == "caption" or _labelled(words))
        if block.kind in _SIGNED and not picture:
            yield words, block.kind
        before = block.kind


def _labelled(words: str) -> bool:
    """Whether a credit begins with the label of a picture ("Photo: ...")."""
    return words.casefold().startswith(page_words().picture_labels)


@functools.lru_cache(maxsize=4096)
def _bounded(forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")


@functools.lru_cache(maxsize=4096)
def _short_forms(name: str, own: str) -> str:
    """A pattern for a medium's name, also cut short: "Valley News" of "Vadny Valley News", "the Star" of "Holm Star".

    ``own`` is the last word of the outlet that is read; by that it means itself. What is cut short is not part of a
    longer name; a medium called "The Lamp" is not meant by "Lamp".
    """
    full = re.sub(r"\s*\(.*?\)|\s[\d.]+\Z", "", name)
    words = full.removeprefix("The ").split()
    if len(words) == 1:
        return rf"(?<=[Tt]he\s){re.escape(words[0])}" if full != words[0] else _forms(full)
    ends = [" ".join(words[k:]) for k in range(1, len(words) - 1)]
    short = [rf"(?<!\w){_forms(end)}(?!\s+[A-Z])" for end in ends]
    if words[-1] != own:
        short.append(rf"(?<=[Tt]he\s){re.escape(words[-1])}(?!\s+[A-Z])")
    return "|".join([_forms(name), _forms(full), *short])


@functools.lru_cache(maxsize=4096)
def _relays(form: str) -> re.Pattern[str]:
    """Finds where something is said to be from a medium whose name the pattern ``form`` matches."""
    words = relay_words()
    before, after, between = (
        "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in part)
        for part in (words.before, words.after, words.between)
    )
    return re.compile(
        rf"\b(?:{before})\s+(?:[Tt]he\s+)?(?:[a-z]+\s+){{0,3}}(?:{form})(?!\w)"
        rf"|(?<!\w)(?:{form})(?:['’]s?)?,?\s+(?:(?:{between}),?\s+){{0,3}}(?:{after})\b"
    )


@functools.cache
def _unnamed() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, relay_words().unnamed))})\b", re.IGNORECASE)


@functools.lru_cache(maxsize=4096)
def _forms(name: str) -> str:
    """A pattern for the forms of a medium's name; its letter case counts, "The" is left out."""
    known = medium(name)
    forms = {name, known.name} if known is not None else {name}
    bare = {re.sub(r"^[Tt]he\s+", "", form) for form in forms} - {""}
    # "K1" of "K1 News", but not "Skagge" of "Skagge News".
    bare |= {first for form in bare for first, _, last in [form.rpartition(" ")] if last == "News" and first.isupper()}
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(bare, key=len, reverse=True))
