"""Captions and photo credits: where in a line the credit begins, and whether a line is a caption.

Two degrees of strictness. Inside a page's ``figure`` the place already says that a line belongs to a
picture, and names with a stroke are credit enough. In running text a credit needs a word for it (a label such
as "Photo:", a picture library, "handout", "AP Photo/Name"), because a paragraph wrongly taken for a caption
loses its statements.
"""

from __future__ import annotations

import functools
import re

from reportedly.ingest.phrases import alternatives
from reportedly.lexicon.page import page_words

CREDIT_LIMIT = 160  # characters; longer lines of names are not credits
NAME_LIMIT = 5  # words between strokes or commas; in running text, a longer run of capitals is a headline
CAPTION_LIMIT = 1200  # characters; in running text, longer lines are paragraphs whatever ends them

# Words that may stand between names in a credit.
_JOIN = frozenset(
    (
        "of",
        "the",
        "for",
        "and",
        "via",
        "by",
        "from",
        "in",
        "at",
        "to",
        "on",
        "de",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "al",
        "du",
        "di",
        "left",
        "right",
    )
)
_PARTS = re.compile(r"\s*[/|•·]\s*|\s+(?:via|for)\s+|\s*,\s*|\s+[-–—]\s+", re.IGNORECASE)
# The end of a sentence (not of an initial) or a bracket: what comes before it is a caption, not names.
_BREAK = re.compile(r"\w{2}[.!?]\s+\S|\S\s*[(\[]")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_ENDS = ".,:;()[]\"”’'"  # what may stand around the last word
# A picture that was handed in names whom it shows: "Anna Orvik Submitted photo".
_HANDED_IN = re.compile(
    r"(?<=\w)\s+(?=(?:submitted|contributed|provided) (?:photo(?:graph)?|image)s?\Z)", re.IGNORECASE
)
# Where a credit may begin: after a sentence, before a bracket, or (see _labels) at a label.
_CUT = re.compile(r"(?<=[.!?…)\]”\"’'])\s+(?=\S)|\s*(?=[(\[])")


@functools.cache
def _labels() -> re.Pattern[str]:
    words = rf"(?:(?:main|lead|cover|top|header|featured?)\s+)?{alternatives(page_words().picture_labels)}"
    return re.compile(
        rf"(?<!\w){words}(?:\s+(?:by|courtesy(?:\s+of)?)(?=\s|:)\s*:?|\s*(?:\.\.\.|…|:))\s*(?=\S)", re.IGNORECASE
    )


@functools.cache
def _evidence(kind: str) -> re.Pattern[str]:
    words = page_words()
    phrases = {
        "library": words.picture_libraries,
        "word": words.picture_words,
        "agency": words.picture_agencies,
    }[kind]
    return re.compile(rf"(?<!\w){alternatives(phrases)}(?!\w)", re.IGNORECASE)


@functools.cache
def _opens() -> re.Pattern[str]:
    return re.compile(rf"[\s(\[]*{alternatives(page_words().caption_opens)}(?!\w)", re.IGNORECASE)


@functools.cache
def _formula() -> re.Pattern[str]:
    # In brackets, "(pictured above)" points from a paragraph to a picture.
    return re.compile(rf"(?<![\w(\[]){alternatives(page_words().caption_formula)}(?!\w)", re.IGNORECASE)


def credit_start(line: str, in_figure: bool = False) -> int | None:
    """The offset at which the credit of a picture begins that ends this line; 0 if it is all credit.

    None if the line does not end with a credit. The earliest beginning wins, so that a credit that is given
    twice ("... watches. (AP Photo) AP Photo") is one.
    """
    handed_in = _HANDED_IN.search(line) if in_figure else None
    if handed_in:
        return handed_in.end()
    if is_credit(line, in_figure):
        return 0
    if not in_figure and not _ends_in_name(line):
        return None
    in_figure = in_figure or _labels().match(line) is not None  # "Photo: ..." says as much as a figure
    low = max(0, len(line) - CREDIT_LIMIT)
    cuts = {match.end() for match in _CUT.finditer(line, low) if match.end() > 0}
    cuts.update(match.start() for match in _labels().finditer(line, low) if match.start() > 0)
    for cut in sorted(cuts):
        tail = line[cut:]
        if is_credit(tail, in_figure) and (in_figure or _stands_apart(tail)):
            return cut
    return None


def _ends_in_name(line: str) -> bool:
    """Whether the last word of a line may end a credit; that of most paragraphs may not, which spares the search."""
    word = line[-CREDIT_LIMIT:].rsplit(None, 1)[-1].strip(_ENDS)
    return not word or not word[0].islower() or _joins(word) or _evidence("library").search(word) is not None


def _stands_apart(tail: str) -> bool:
    """Whether a tail is set off from a sentence: in brackets, after a label, or without a full stop."""
    return tail[0] in "([" or _labels().match(tail) is not None or not tail.endswith(".")


def is_credit(text: str, in_figure: bool = False) -> bool:
    """Whether a text is nothing but the credit of a picture."""
    text = text.strip()
    if not text or len(text) > CREDIT_LIMIT or text.endswith(":"):
        return False
    bracketed = _BRACKETS.match(text)
    if bracketed and bracketed.end() < len(text):  # "(AP Photo) AP Photo": the credit is given twice
        first, rest = bracketed.group(), text[bracketed.end() :].strip(" .")
        return is_credit(first, in_figure) and (not rest or is_credit(rest, in_figure) or rest in first)
    inner = (text[1:-1] if bracketed else text).strip().rstrip(".").rstrip()
    label = _labels().match(inner)
    if label:
        rest = inner[label.end() :]
        return (
            _names(rest) or (_evidence("library").fullmatch(rest) is not None) or (in_figure and len(rest.split()) < 4)
        )
    return _names(inner) and _credited(inner, bracketed is not None, in_figure)


def _credited(names: str, bracketed: bool, in_figure: bool) -> bool:
    """Whether a run of names is shown to be a credit: by a word, a library, or an agency and a stroke."""
    parts = [part for part in _PARTS.split(names) if part]
    if not in_figure and any(len(part.split()) > NAME_LIMIT for part in parts):
        return False  # a headline with a capital in every word
    if _evidence("library").search(names) or (len(parts) > 1 and _evidence("word").search(names)):
        return True
    words = names.split()
    if len(words) > 1 and _evidence("word").search(names) and any(word[0].isupper() for word in words[:1]):
        return bracketed or in_figure or bool(re.search(r"(?i)\b(?:photo|handout|courtesy|screen ?grab)\b", names))
    agency = _evidence("agency").search(names) is not None
    if agency and "/" in names:
        return True
    return in_figure and (agency or bracketed or "/" in names or "|" in names or names[0] == "©")


def _names(text: str) -> bool:
    """Whether a text is a run of names: every word with a capital or a word that joins names."""
    parts = [part for part in _PARTS.split(text.strip().rstrip(".")) if part]
    if not parts or len(parts) > 8 or _BREAK.search(text):
        return False
    return all(_name(part) for part in parts) and any(c.isupper() or c == "@" for c in text)


def _name(part: str) -> bool:
    words = part.split()
    if len(words) > 7:
        return False
    return all(word[0].isupper() or word[0] in "@&©(" or word[0].isdigit() or _joins(word) for word in words)


def _joins(word: str) -> bool:
    return word.lower().strip(".,:") in _JOIN or _evidence("word").fullmatch(word.strip(".,:")) is not None


def is_caption(line: str) -> bool:
    """Whether a line of running text says of itself that it describes a picture."""
    if len(line) > CAPTION_LIMIT or line[0] in '"“„«':
        return False
    if _opens().match(line):
        return len(line) <= 600
    # Far into a paragraph the formula may speak of somebody else's picture: a caption has it in a first sentence.
    return _formula().search(line, 0, 400) is not None
