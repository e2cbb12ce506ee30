"""Captions and credits on the raw page: what extraction of the body text loses.

On 439 figure captions of real pages, trafilatura kept 6. Here ``figure`` elements and the usual caption classes
are read from the tree, each with its place, so that the page can be put together with them.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from itertools import islice

from lxml import etree, html

from reportedly.ingest.phrases import is_furniture
from reportedly.ingest.pictures import credit_start
from reportedly.ingest.tree import classes, words_of

CAPTION_LIMIT = 1500  # characters; a longer "caption" is an article in a figure
MAX_FIGURES = 500  # of one page

_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:[\w-]*(?:caption|cutline)(?:[-_]?(?:text|full|inner|body|content|block))*)(?:$|[\s_-])"
)
_NOT_CAPTION = re.compile(
    r"closed-caption|caption-(?:toggle|button|style|truncated)|more-caption|adcaption|video-?player|placeholder"
)
# Read out to the blind, or turned by hand in a gallery: no words of the caption.
_UNSHOWN_CLASS = re.compile(
    r"off-?screen|visually-?hidden|screen-?reader|sr-only|truncated|(?:^|[\s_-])(?:count|counter|toggle|more|less)(?:$|\s)"
)
_TURNED = re.compile(
    r"\A(?:(?:image|photo|slide)\s+)?\d{1,3}\s*(?:of|/)\s*\d{1,3}\s+|(?<=[.)…])\s+(?:less|more)\Z", re.IGNORECASE
)
# A credit that stands by its picture without a caption.
_LONE_CREDIT_CLASS = re.compile(
    r"(?:image|photo|picture|thumbnail|media)[\w-]*[-_](?:credits?|attribution|photographer|source)|(?:^|\s)credits?(?:$|\s)"
    r"|(?:image|photo)-photographer"
)
_CREDIT_CLASS = re.compile(
    r"credit|copyright|attribution|photographer|(?:image|photo|media|caption)[-_]*(?:source|author|byline)"
)
_ASIDE_CLASS = re.compile(
    r"related|recirc|promo|(?<!gallery-)teaser|newsletter|sidebar|most-?(?:read|popular|viewed)|recommend|outbrain"
    r"|taboola|trending|comment|(?<!__)footer|breaking-?news|author-?(?:bio|image|photo|card)|avatar|read-?more|more-?(?:stories|news)"
)
_NOT_WORD = re.compile(r"[\W_]+")
# Between two elements a space is put, so that no words are glued together; not where a mark stands by its word.
_SEAM = "\u2060"
_TIGHT = re.compile(rf"(?<=[(\[“‘]){_SEAM}+|{_SEAM}+(?=[,.;:!?)\]”’…]|'s\b)")
_ASIDES = frozenset({"nav", "aside", "footer", "form"})
# Small print, by its class.
_SMALL_CLASS = re.compile(r"(?:^|[\s_-])small(?:$|[\s_-])")
_UNNAMED_LIMIT = 150  # characters of a caption that only its type and place tell; longer ones are leads or notes
_QUOTES = ('"', "“", "„", "«", "'", "‘")
_STEPS = 10  # to the side and up, from a picture to the words that belong to it
_WRAPPED = 30  # elements in what holds only a picture, or a caption
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FLOW = ("div", "p", "span")
_HOLDERS = ("figcaption", "figure", *_FLOW, "small", "dd", "em", "cite", "i", "center")
_ANCESTORS = 12  # levels looked up for a sign that a figure belongs to something else


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture's caption and credit (either may be empty) and the element that holds them."""

    caption: str
    credit: str
    element: html.HtmlElement


def find_figures(tree: html.HtmlElement, around: Set[html.HtmlElement]) -> list[Figure]:
    """The figures of a page in order, without those of other articles' teasers and without repetition.

    ``around`` holds the elements that the whole body of the article stands in: a figure in one of them is not
    elsewhere, whatever their classes say ("with-sidebar").
    """
    figures: list[Figure] = []
    seen: set[str] = set()
    for element in _caption_elements(tree):
        figure = None if is_elsewhere(element, around) else _figure(element)
        if figure is None or squeeze(figure.caption + figure.credit) in seen:
            continue
        forms = (figure.caption + figure.credit, figure.caption, figure.credit)
        seen.update({squeeze(words) for words in forms} - {""})
        figures.append(figure)
        if len(figures) == MAX_FIGURES:
            break
    return figures


def squeeze(text: str) -> str:
    """Letters and digits of a text in lower case: for telling whether two texts are the same words."""
    return _NOT_WORD.sub("", text.casefold())


def _caption_elements(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Elements that hold a caption, none inside another."""
    found: list[html.HtmlElement] = []
    inside: set[html.HtmlElement] = set()
    unnamed = _unnamed_captions(tree)
    for element in tree.iter(*_HOLDERS):
        holds = element not in inside and (element in unnamed or _holds_caption(element))
        if not holds or element.find(".//h1") is not None:
            continue
        inside.update(element.iterdescendants())
        found.append(element)
    return found


def _holds_caption(element: html.HtmlElement) -> bool:
    if element.tag == "figcaption":
        return True
    if element.tag == "figure":  # without a figcaption, the text of a figure is its caption
        return len(element.findall(".//p")) < 3 and all(
            element.find(f".//{tag}") is None for tag in ("figcaption", "table", "blockquote", "pre")
        )
    return _is_caption(element) or _is_lone_credit(element)


def _unnamed_captions(tree: html.HtmlElement) -> set[html.HtmlElement]:
    """Captions that no name tells: right after a picture, and in italics, in small print, or ending in a credit."""
    below = {_just_after(image) for image in tree.iter("img")}
    return {element for element in below if element is not None and element.tag in _HOLDERS and _is_set_apart(element)}


def _just_after(image: html.HtmlElement) -> html.HtmlElement | None:
    """The first element with words after a picture, if no other words stand by the picture before that."""
    here = image
    for _ in range(_STEPS):
        beside = here.getnext() if not (here.tail or "").strip() else None
        if beside is not None and _has_words(beside):
            return beside
        here = here.getparent() if beside is None else beside
        if here is None or (beside is None and _has_words(here)):
            return None
    return None


def _has_words(element: html.HtmlElement) -> bool:
    """Whether an element holds text, or more than a wrapper of a picture would."""
    return any(not text.isspace() for text in islice(element.itertext(), _WRAPPED)) or _is_large(element)


def _is_large(element: html.HtmlElement) -> bool:
    return next(islice(element.iter(), _WRAPPED, None), None) is not None


def _is_set_apart(element: html.HtmlElement) -> bool:
    """Whether an element is set as captions are and paragraphs are not, and is no link to something else."""
    if _is_large(element) or element.find(".//img") is not None or len(element.findall(".//p")) > 1:
        return False
    words = _shown(element)
    whole = squeeze(words)
    if not whole or words.startswith(_QUOTES) or len(words) > CAPTION_LIMIT:
        return False
    if any(squeeze(words_of(link)) == whole for link in element.iter("a")):
        return False
    if credit_start(words) is not None:
        return True
    small = (child for child in element.iter("em", "i", "small", "span") if _is_small(child))
    return len(words) <= _UNNAMED_LIMIT and any(squeeze(words_of(child)) == whole for child in small)


def _is_small(element: html.HtmlElement) -> bool:
    """Whether an element is in italics or small print by its tag, or a span by its class."""
    return element.tag != "span" or _SMALL_CLASS.search(classes(element)[:300]) is not None


def _is_caption(element: html.HtmlElement) -> bool:
    """Whether an element is a caption by its name."""
    if element.tag == "figcaption":
        return True
    name = (element.get("class") or "").lower()
    return len(name) <= 300 and _CAPTION_CLASS.search(name) is not None and _NOT_CAPTION.search(name) is None


def _is_lone_credit(element: html.HtmlElement) -> bool:
    """Whether an element is the credit of a picture that has no caption next to it, though perhaps before it."""
    name = (element.get("class") or "")[:300].lower()
    words = _shown(element) if _LONE_CREDIT_CLASS.search(name) else ""
    if not words or credit_start(words, in_figure=True) is None:
        return False
    return not any(_is_caption(child) for child in element.getparent().iterdescendants("figcaption", *_FLOW))


def _figure(element: html.HtmlElement) -> Figure | None:
    if any(child.tag in _HEADINGS or child.tag == "ul" for child in element.iter()):
        return None
    credit = _credit(_credits_in(element))
    caption = _without_repetition(_shown(element))
    if credit:
        caption = _cut(_cut(caption, credit), credit)
    caption = _TURNED.sub("", caption)
    if credit and not caption and credit_start(credit, in_figure=True):
        caption, credit = credit, ""  # named for the photographer, and holds the caption as well
    start = credit_start(caption, in_figure=True) if caption else None
    if start is not None and not (credit and start == 0):
        caption, credit = caption[:start].strip(), " ".join(filter(None, (caption[start:].strip(), credit)))
    credit = credit or _credit(_credits_beside(element))
    if not (caption or credit) or len(caption) > CAPTION_LIMIT or (caption and is_furniture(caption)):
        return None
    return Figure(caption, _without_repetition(credit), element)


def _shown(element: html.HtmlElement) -> str:
    """The words of an element on one line, without those that only some readers see."""
    words: list[str] = []
    hidden: html.HtmlElement | None = None
    for event, child in etree.iterwalk(element, events=("start", "end")):
        if event == "end":
            hidden = None if child is hidden else hidden
            if child is not element and hidden is None:
                words.append(child.tail or "")
        elif hidden is None:
            if child is not element and _UNSHOWN_CLASS.search(classes(child)[:300]):
                hidden = child
            else:
                words.append(child.text or "")
    return " ".join(_TIGHT.sub("", _SEAM.join(filter(None, words))).replace(_SEAM, " ").split())


def _credits_in(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements of a caption, or around it, that hold a credit by their name."""
    return [
        child
        for child in element.iterdescendants(*_FLOW, "small", "cite", "em", "i", "a", "dd", "figcaption")
        if child.tag == "cite" or (child.get("class") and _CREDIT_CLASS.search(classes(child)[:300]))
    ]


def _credits_beside(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The credits that stand by a caption: in the same figure, where that has no other caption, or just next to it."""
    holder = next(element.iterancestors("figure"), None)
    if holder is None:
        near = [beside for beside in (element.getnext(), element.getprevious()) if beside is not None]
        return [beside for beside in near if _CREDIT_CLASS.search(classes(beside)[:300]) and not _is_caption(beside)][
            :1
        ]
    own = {element, *element.iterdescendants()}
    if any(child not in own and _is_caption(child) for child in holder.iterdescendants("figcaption", *_FLOW)):
        return []
    return [child for child in _credits_in(holder) if child not in own]


def _credit(elements: list[html.HtmlElement]) -> str:
    """The text of the outermost credit elements."""
    inside: set[html.HtmlElement] = set()
    parts: list[str] = []
    for element in elements:
        if element in inside:
            continue
        text = _shown(element)
        if len(text) <= 200:
            inside.update(element.iterdescendants())
        if 0 < len(text) <= 200 and text not in parts:
            parts.append(text)
    return " ".join(parts)


def _cut(text: str, part: str) -> str:
    """A text without a part at its end or its beginning."""
    if text.endswith(part):
        return text[: -len(part)].strip()
    return text[len(part) :].strip() if text.startswith(part) else text


def _without_repetition(text: str) -> str:
    """The half of a text that says the same twice (a short and a full form, for small screens and large)."""
    half = len(text) // 2
    return text[:half] if text and len(text) % 2 and text[:half] == text[half + 1 :] else text


def is_elsewhere(element: html.HtmlElement, around: Set[html.HtmlElement]) -> bool:
    """Whether a figure belongs to the page and not to the article: a teaser, a sidebar, an author's portrait."""
    for level, parent in enumerate((element, *element.iterancestors())):
        if level >= _ANCESTORS or parent in around or parent.tag in ("main", "body"):
            return False
        if parent.tag in _ASIDES or _ASIDE_CLASS.search(classes(parent)[:300]):
            return True
    return False
