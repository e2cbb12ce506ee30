"""Which language a text is in, where that is not English.

Most texts are settled by counting: a fifth of the words of English prose are among its fifteen commonest, which is
so in no other language. The others go to py3langid, which works offline with a model of 4.6 MB: Naive Bayes over byte
n-grams (M. Lui and T. Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012).
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from reportedly.schema import Article

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 4000  # characters looked at
ENGLISH_SHARE = 0.12  # of the words; prose of benchmarks/pages.py has .15 and more, other languages .08 and less
# With less text than this, and without much certainty, nothing is rejected: headlines and names are taken for any
# language.
LETTERS = 300
SURE, SURE_OF_SHORT = 0.8, 0.99
LEAST_LETTERS = 60

_LATIN_END = "\u0250"  # what follows is in another script, which is never English, however unsure its language

_COMMON = frozenset(
    ("the", "of", "and", "to", "in", "that", "was", "for", "on", "with", "said", "is", "at", "by", "from")
)
_WORD = re.compile(r"[^\W\d_]+")
_BODY = ("paragraph", "quote", "list")


def other_language(article: Article) -> str | None:
    """The code (ISO 639) of an article's language, or None where that is English or cannot be told."""
    body = "\n".join(article.text[slice(*block.span)] for block in article.blocks if block.kind in _BODY)
    return language_of(body or article.text)


def language_of(text: str) -> str | None:
    """The code (ISO 639) of a text's language, or None where that is English or cannot be told."""
    sample = text[:SAMPLE]
    words = _WORD.findall(sample.lower())
    if sum(word in _COMMON for word in words) >= ENGLISH_SHARE * len(words):
        return None
    letters = "".join(words)
    latin = sum(letter < _LATIN_END for letter in letters)
    if len(letters) < LEAST_LETTERS and latin == len(letters):
        return None
    language, certainty = _identifier().classify(sample)
    sure = 0.0 if latin < len(letters) / 2 else SURE if len(letters) >= LETTERS else SURE_OF_SHORT
    return None if language == "en" or certainty < sure else str(language)


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.4 s and 65 MB, which English texts do not need

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
