"""A collection of articles that grows, in which an article's neighbours are found without looking at all others."""

from __future__ import annotations

import functools
import io
import json
import re
import zipfile
from collections import OrderedDict
from collections.abc import Callable

import numpy as np

from reportedly.compare.copying import copies_of
from reportedly.compare.credits import agencies_shown, owner
from reportedly.compare.postings import Postings
from reportedly.compare.report import Report
from reportedly.compare.shingles import Hashes, body_spans, winnow, word_hash
from reportedly.errors import SchemaError
from reportedly.lexicon.rarity import rarity, stem
from reportedly.schema import Article, Copy

# Shingles of which one is kept: any 11 words in a row that two articles share are found.
WINDOW = 4
# The neighbours that are looked at: those with most shingles of an article, and with most of its names and numbers, if
# they have so many at least.
WORDED, WORDED_LEAST = 50, 2
TOLD, TOLD_LEAST = 20, 2
# Names and numbers that are no rarer than this ("Monday", "2016") are in every article.
NAME_RARITY = 5.0
KEPT = 1024  # articles that are kept ready

_NAME = re.compile(r"\b[A-Z][\w’'-]+|\d[\d.,]*\d")


_RUN = re.compile(r"[A-Z][\w&.-]*\w(?: (?:& |and |of )?[A-Z][\w&.-]*\w){0,4}")


class CopyIndex:
    """Finds the copies that an article makes, or is the source of, among all that were added.

    Adding takes time that grows with the article, asking with its neighbours. Only hashes are held, some 5 kB an
    article; ``article_of`` gives the articles themselves by id. Without it the index keeps them. Not to be changed by
    two threads at once.
    """

    def __init__(self, article_of: Callable[[str], Article] | None = None) -> None:
        self._article_of = article_of
        self._articles: dict[str, Article] = {}
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._worded, self._told = Postings(), Postings()
        self._agencies: frozenset[str] = frozenset()
        self._outlets: dict[str, list[int]] = {}
        self._ready: OrderedDict[str, Report] = OrderedDict()

    def __contains__(self, article: str) -> bool:
        return article in self._numbers

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: Article) -> None:
        """Add an article; one with an id that is there already is passed over, since its text is the same."""
        if article.id in self._numbers:
            return
        number = self._numbers[article.id] = len(self._ids)
        self._ids.append(article.id)
        if self._article_of is None:
            self._articles[article.id] = article
        report = self._keep(Report(article))
        self._worded.add(number, _shingles(report))
        self._told.add(number, _names(article))
        self._agencies |= frozenset(agencies_shown(article))
        for name in _ends(owner(article) or ""):
            self._outlets.setdefault(name, []).append(number)

    def neighbours(self, article: str) -> tuple[str, ...]:
        """The ids of the articles that share words with one, those first that share most.

        When an article was added these are the ones whose copies may have changed. Raises KeyError for an id that is
        not there.
        """
        report = self.report(article)
        shared = self._told.shared(_names(report.article))
        named = {n for name in _names_in(report.article) for n in self._outlets.get(name, ())}
        told = self._most(shared, article, TOLD, TOLD_LEAST)
        told += self._most({n: shared.get(n, 0) for n in named}, article, TOLD, 0)
        return tuple(dict.fromkeys([*self.sharing_words(report), *told]))

    def sharing_words(self, report: Report) -> list[str]:
        """The ids of the articles that share runs of words with one, which need not be in the index."""
        return self._most(self._worded.shared(_shingles(report)), report.article.id, WORDED, WORDED_LEAST)

    def copies(self, article: str) -> tuple[Copy, ...]:
        """What an article of the index has from others, or from agencies. Raises KeyError for an id not there."""
        candidates = [self.report(other) for other in self.neighbours(article)]
        return tuple(copies_of(self.report(article), candidates, self._agencies))

    def to_bytes(self) -> bytes:
        """The index, without articles, as a NumPy archive; ``from_bytes`` reads it."""
        about = json.dumps({"ids": self._ids, "agencies": sorted(self._agencies), "outlets": self._outlets})
        parts = {"worded": self._worded.to_bytes(), "told": self._told.to_bytes(), "about": about.encode("utf-8")}
        file = io.BytesIO()
        np.savez(file, **{name: np.frombuffer(part, np.uint8) for name, part in parts.items()})  # type: ignore[arg-type]
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes, article_of: Callable[[str], Article]) -> CopyIndex:
        """The index that ``to_bytes`` wrote. Raises SchemaError for anything else."""
        index = cls(article_of)
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as parts:
                about = json.loads(parts["about"].tobytes())
                index._worded = Postings.from_bytes(parts["worded"].tobytes())
                index._told = Postings.from_bytes(parts["told"].tobytes())
            index._ids = [str(name) for name in about["ids"]]
            index._agencies = frozenset(map(str, about["agencies"]))
            index._outlets = {name: list(map(int, numbers)) for name, numbers in about["outlets"].items()}
        except (ValueError, TypeError, KeyError, OSError, EOFError, AttributeError, zipfile.BadZipFile) as error:
            raise SchemaError(f"copy index: damaged ({error}); make it anew from the articles") from error
        index._numbers = {name: number for number, name in enumerate(index._ids)}
        return index

    def report(self, article: str) -> Report:
        """An article of the index, ready to be compared. Raises KeyError for an id not there."""
        if (report := self._ready.get(article)) is not None:
            self._ready.move_to_end(article)
            return report
        return self._keep(Report(self._articles[article] if self._article_of is None else self._article_of(article)))

    def _most(self, counts: dict[int, int], own: str, most: int, least: int) -> list[str]:
        found = [(-count, number) for number, count in counts.items() if count >= least and self._ids[number] != own]
        return [self._ids[number] for _, number in sorted(found)[:most]]

    def _keep(self, report: Report) -> Report:
        self._ready[report.article.id] = report
        if len(self._ready) > KEPT:
            self._ready.popitem(last=False)
        return report


def _shingles(report: Report) -> Hashes:
    return winnow(report.shingles, WINDOW)


def _names(article: Article) -> Hashes:
    """The hashes of the rare names and numbers in the body."""
    found = {name for start, end in body_spans(article) for name in _NAME.findall(article.text[start:end])}
    rare = {number for name in found if (number := _rare(name)) is not None}
    return np.sort(np.array(list(rare), np.uint64))


def _names_in(article: Article) -> set[str]:
    """What may be the names of media in the body: runs of capitalised words, and their ends."""
    return {
        end for low, high in body_spans(article) for run in _RUN.findall(article.text[low:high]) for end in _ends(run)
    }


def _ends(name: str) -> list[str]:
    """A name in small letters, and what is left of it without its first words: "vadny valley news", "valley news"."""
    words = name.casefold().split()
    return [" ".join(words[k:]) for k in range(len(words))]


@functools.lru_cache(maxsize=1 << 17)
def _rare(name: str) -> int | None:
    """The hash of a name or number; None for one that is in every article."""
    return word_hash(name) if rarity(stem(name)) > NAME_RARITY else None
