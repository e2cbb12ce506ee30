"""HTML -> Article: body text by trafilatura, captions and credits by our own walk over the page.

The text of the article is put together from blocks, with an empty line between them: title, byline, then the
body with every caption at its place.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import html

from reportedly.errors import NotTextError, TooLargeError
from reportedly.ingest.about import Told, author_on_page, find_about, linked_data, meta_elements
from reportedly.ingest.body import read_body
from reportedly.ingest.decode import markup_of
from reportedly.ingest.draft import BYLINE_LINES, Draft, Part
from reportedly.ingest.figures import Figure, find_figures, squeeze
from reportedly.ingest.openings import byline_names, is_byline
from reportedly.ingest.phrases import is_furniture
from reportedly.ingest.placing import Places
from reportedly.ingest.plain import without_surrogates
from reportedly.ingest.publisher import find_publisher
from reportedly.ingest.stamps import find_stamps, keep_times
from reportedly.ingest.tree import classes, parse, words_of
from reportedly.schema import Article, FoundIn

# News pages have some thousand elements; 250,000 take trafilatura eleven seconds and half a gigabyte.
MAX_ELEMENTS = 200_000

# The end of a sentence: what tells prose from the labels of a menu or a form.
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*(?:\s|\Z)|[。！？।۔؟]")

# A heading at the top of the body that makes up this share of the page's title is the title ("... | Orvik Post").
SAME_TITLE = 0.6
PULLED = 20  # letters and digits of the shortest pull quote


def from_html(
    data: bytes | str, path: str | None = None, url: str | None = None, charset: str | None = None
) -> Article:
    """The article on a page, with its title, byline, date and publisher where the page gives them.

    ``charset`` is what the server said of the bytes. Raises NotTextError if there is no article text on it, or if
    the bytes are not text at all.
    """
    where = path or url or "page"
    markup = markup_of(data, where, charset) if isinstance(data, bytes) else without_surrogates(data)
    tree = parse(markup)
    elements = int(tree.xpath("count(//*)")) if tree is not None else 0
    if elements > MAX_ELEMENTS:
        raise TooLargeError(where, f"a page of more than {MAX_ELEMENTS:,} elements", "give the article's text as .txt")
    if tree is not None:
        keep_times(tree)
    body = read_body(tree, elements) if tree is not None else []
    if tree is None or not any(_is_prose(part) for part in body):
        raise NotTextError(where, "no article text found", "check that the page holds one, or give its text as .txt")
    linked, metas = linked_data(tree), meta_elements(tree)
    about, publisher = find_about(tree, linked, metas, url), find_publisher(tree, linked, metas)
    outlet = publisher.outlet.value if publisher.outlet else None
    title = _title(about.title.value, body, outlet) if about.title else None
    opening = next((number for number, part in enumerate(body) if part.kind != "heading"), 0)
    places = Places(tree, [part.text for part in body], opening)
    authors = about.author.value.split("; ") if about.author else []
    byline = _byline_on_page(tree, authors, places)
    if not authors and byline is None:
        authors = (author_on_page(tree) or "").split("; ")
        byline = _byline_on_page(tree, authors, places)
    draft = Draft()
    for part in _in_order(tree, body, places, title, byline):
        if isinstance(part, Part):
            draft.part(part)
            continue
        if part.caption:
            draft.whole("caption", part.caption)
        if part.credit:
            draft.whole("credit", part.credit)
    article = draft.article(
        Article(
            id="",
            text="",
            path=path,
            url=url or (about.url.value if about.url else None),
            outlet=outlet,
            title=title,
            byline=", ".join(authors) or (byline_names(byline) if byline else None),
            published=about.published.value if about.published else None,
            credit=publisher.credit,
        )
    )
    told = {"outlet": publisher.outlet, "title": about.title, "byline": about.author, "published": about.published}
    return replace(article, found_in=_found_in(article, told if url else {"url": about.url, **told}))


def _found_in(article: Article, told: dict[str, Told | None]) -> tuple[tuple[str, FoundIn], ...]:
    """Where each field that the article has was found; on the page itself where its data do not say."""
    places = ((name, said.found_in if said else "page") for name, said in told.items() if getattr(article, name))
    return tuple(places)


def _is_prose(part: Part) -> bool:
    """Whether a line is a sentence of the article, and not a label, a menu or a notice of the page."""
    if part.kind == "heading" or is_furniture(part.text) or _SENTENCE_END.search(part.text) is None:
        return False
    return len(part.text.split()) >= 4 or not part.text.isascii()


def _title(title: str, body: list[Part], outlet: str | None) -> str:
    """The title without the publisher's name at its end; the body's own heading where that is the same title."""
    whole = squeeze(title)
    if outlet:
        title = re.sub(rf"\s+[|–—-]\s+{re.escape(outlet)}\Z", "", title, flags=re.IGNORECASE)
    for part in body[:BYLINE_LINES]:
        words = squeeze(part.text)
        if part.kind == "heading" and words in whole and len(words) > SAME_TITLE * len(whole):
            return part.text
    return title


def _in_order(
    tree: html.HtmlElement, body: list[Part], places: Places, title: str | None, byline: str | None
) -> list[Part | Figure]:
    """Title, byline, body, figures and time stamps in the order of the page, nothing twice."""
    figures = find_figures(tree, places.around)
    captions = _caption_words(figures)
    drop = {squeeze(title or ""), squeeze(byline or "")} - {""}
    parts: list[Part | Figure] = []
    if title:
        parts.append(Part("heading", title))
    if byline:
        parts.append(Part("byline", byline))
    placed = places.insertions([figure.element for figure in figures])
    stamps = dict(find_stamps(tree, places))
    lines = [squeeze(part.text) for part in body]
    whole = "\n".join(lines)
    for number, (part, words) in enumerate(zip(body, lines, strict=True)):
        parts.extend(figure for figure, at in zip(figures, placed, strict=True) if at == number)
        if number in stamps:
            parts.append(Part("heading", stamps[number]))
        if (number < BYLINE_LINES and words in drop) or words in captions or _is_pulled(part, words, whole):
            continue
        parts.append(part)
    parts.extend(figure for figure, at in zip(figures, placed, strict=True) if at == len(body))
    return parts


def _is_pulled(part: Part, words: str, whole: str) -> bool:
    """Whether a line is a pull quote: its words are part of another line of the body, whose lines are ``whole``."""
    if part.kind not in ("quote", "paragraph") or len(words) < PULLED or whole.count(words) < 2:
        return False
    return any(words in line and words != line for line in whole.split("\n"))


def _caption_words(figures: list[Figure]) -> set[str]:
    """The forms in which a figure's words may have got into the body as well."""
    words = set()
    for figure in figures:
        words |= {squeeze(figure.caption), squeeze(figure.credit)}
        words |= {squeeze(figure.caption + figure.credit), squeeze(figure.credit + figure.caption)}
    return words - {""}


def _byline_on_page(tree: html.HtmlElement, authors: list[str], places: Places) -> str | None:
    """The byline as the page shows it ("By A. Name and B. Name, Orvik Press"), or None.

    It is looked for in elements that are marked as byline or author, before the first line of the body.
    """
    names = [name.split()[-1].casefold() for name in authors if name.split()]
    for element in tree.iter("p", "div", "span", "address", "a", "li"):
        if places.is_after_start(element):
            return None
        marks = classes(element)[:300] + " " + (element.get("rel") or "") + " " + (element.get("itemprop") or "")
        if "byline" not in marks and "author" not in marks:
            continue
        text = words_of(element)
        if text and is_byline(text) and (text.casefold().startswith("by ") or any(n in text.casefold() for n in names)):
            return text
    return None
