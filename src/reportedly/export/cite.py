"""How a statement is cited: as a line of text, as BibTeX, as CSL-JSON. All name the words, the chain and the place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from reportedly.export import words
from reportedly.schema import Article, Attribution, Reading, article_id

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def as_text(reading: Reading, item: Attribution, address: str | None = None) -> str:
    """One line: the words, who said them, through whom, where they stand; ``address`` is where one can look at them."""
    article = reading.article
    parts = [f"{_said(reading, item)} {_chain(reading, item)}.", f"In: {_where(article)}."]
    if article.url is not None:
        parts.append(f"{words.one_line(article.url)}.")
    parts.append(f"{_place(reading, item)}.")
    if address is not None:
        parts.append(address)
    return " ".join(parts)


def as_bibtex(reading: Reading, item: Attribution, address: str | None = None) -> str:
    """An entry of BibTeX for the article, with the statement in its note."""
    article = reading.article
    year, month, _ = _date(article.published)
    fields: dict[str, str | None] = {
        "author": f"{{{_tex(_author(article))}}}" if _author(article) else None,
        "title": f"{{{_tex(words.headline(article))}}}",
        "journal": _tex(words.one_line(article.outlet or "")) or None,
        "year": f"{year}" if year else None,
        "note": _tex(f"{_said(reading, item)} {_chain(reading, item)}. {_place(reading, item)}."),
        "url": _tex_url(article.url or address),
        "urldate": article.retrieved and _tex(words.one_line(article.retrieved)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month:
        lines.insert(-1, f"  month = {_MONTHS[month - 1]},")
    return "\n".join([f"@article{{{_key(reading, item)},", *lines, "}", ""])


def as_csl(reading: Reading, item: Attribution, address: str | None = None) -> dict[str, Any]:
    """An item of CSL-JSON for the article, with the statement as its abstract and the chain in its note."""
    article = reading.article
    found: dict[str, Any] = {
        "id": _key(reading, item),
        "type": "article-newspaper",
        "title": words.headline(article),
        "abstract": _said(reading, item),
        "note": f"{_chain(reading, item)}. {_place(reading, item)}.",
    }
    if _author(article):
        found["author"] = [{"literal": _author(article)}]
    if article.outlet is not None:
        found["container-title"] = words.one_line(article.outlet)
    for name, day in (("issued", article.published), ("accessed", article.retrieved)):
        if parts := [part for part in _date(day) if part]:
            found[name] = {"date-parts": [parts]}
    if link := article.url or address:
        found["URL"] = words.one_line(link)
    return found


def _said(reading: Reading, item: Attribution) -> str:
    """The words as the article has them, and whether they are quoted there."""
    text = words.quote(reading, item.content)
    kind = words.QUOTATIONS.get(item.quotation or "", "")
    quoted = text if item.quotation == "direct" and text[:1] in '“"„«' else f"“{text}”"
    return f"{quoted} ({kind})" if kind else quoted


def _chain(reading: Reading, item: Attribution) -> str:
    """Who said it, through whom, and what the words hang on."""
    parts = [f"said by {words.chain(reading, item)}"]
    if item.speaker.anonymous:
        parts.append("anonymous")
    return "; ".join([*parts, *(f"{label} {what}" for label, what in words.strings(reading, item))])


def _where(article: Article) -> str:
    parts: Iterator[str] = (
        words.one_line(part)
        for part in (f"“{words.headline(article)}”", article.outlet, _author(article), article.published)
        if part
    )
    return ", ".join(parts)


def _place(reading: Reading, item: Attribution) -> str:
    article = reading.article
    start = min((span[0] for span in item.content), default=0)
    end = max((span[1] for span in item.content), default=0)
    # The id is the beginning of a hash: whoever has the same text can check that it is the same.
    return f"Characters {start} to {end} of article {article_id(article.text, article.url)}"


def _author(article: Article) -> str:
    byline = words.one_line(article.byline or "")
    return byline[3:] if byline.lower().startswith("by ") else byline


def _date(day: str | None) -> tuple[int, int, int]:
    """Year, month and day of an ISO date; 0 for what it does not say."""
    match = _DAY.fullmatch(day or "")
    if match is None:
        return 0, 0, 0
    year, month, date = (int(part or 0) for part in match.groups())
    return year, month if 1 <= month <= 12 else 0, date


def _key(reading: Reading, item: Attribution) -> str:
    """A key for lists of references: outlet, year and number, in ASCII."""
    article = reading.article
    plain = unicodedata.normalize("NFKD", (article.outlet or "article").casefold())
    outlet = _NOT_IN_KEY.sub("", plain.encode("ascii", "ignore").decode("ascii"))[:24] or "article"
    year = _date(article.published)[0] or ""
    return f"{outlet}{year}-{article_id(article.text, article.url)[:6]}-{item.n}"


def _tex(text: str) -> str:
    return text.translate(_BIBTEX)


def _tex_url(url: str | None) -> str | None:
    """An address, in which only what would end the field must not stand."""
    return words.one_line(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C") if url else None
