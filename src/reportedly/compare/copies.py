"""Which articles take their words from which others, or from an agency."""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.compare.index import CopyIndex
from reportedly.schema import Article, Copy


def find_copies(articles: Iterable[Article]) -> tuple[Copy, ...]:
    """The copies among the articles, by target: each names a source (an article's id, or an agency's name).

    Edges are sparse: of several articles that have the same words, the nearest source is named. Articles need no
    order; what they say of themselves (outlet, published, byline, credit) helps to tell who took from whom.
    """
    items = {article.id: article for article in articles}
    index = CopyIndex(items.__getitem__)
    for article in items.values():
        index.add(article)
    return tuple(copy for article in items for copy in index.copies(article))
