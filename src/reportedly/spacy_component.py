"""The spaCy component ``reportedly``: ``nlp.add_pipe("reportedly")``. Needs spaCy, the extra ``spacy``.

It reads ``doc.text`` with Reportedly's own model, whatever else is in the pipeline, and puts on the document what
``reportedly.export.spacy_docs`` describes: span groups and ``doc._.attributions``. Where ``doc._.reportedly_published``
is set to an ISO day before, dates such as "on Tuesday" are resolved against it.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.export.spacy_docs import annotate, reading_of
from reportedly.ingest import from_text
from reportedly.pipeline import CHUNK_ARTICLES, Reader
from reportedly.schema import Article, Reading

__all__ = ["ReportedlyComponent", "make", "reading_of"]


class ReportedlyComponent:
    """Reads documents. ``model`` and ``threads`` are those of ``reportedly.Reader``.

    The model is loaded with the first document, once in each process: with ``nlp.pipe(n_process=N)`` set ``threads`` so
    that they do not take one another's cores.
    """

    def __init__(self, model: str | None = None, threads: int | None = None) -> None:
        self._model = Path(model) if model is not None else None
        self._threads = threads
        self._reader: Reader | None = None
        self._process = 0

    def __call__(self, doc: Doc) -> Doc:
        """The document, read."""
        annotate(doc, self._loaded().read(_article(doc)))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = CHUNK_ARTICLES) -> Iterator[Doc]:
        """The documents, read in batches, whose windows go through the model together."""
        for docs in _batches(stream, batch_size):
            for doc, reading in zip(docs, self._loaded().read_many(map(_article, docs)), strict=True):
                if isinstance(reading, Reading):  # an article is never a failure
                    annotate(doc, reading)
                yield doc

    def _loaded(self) -> Reader:
        """The reader of this process: a model's threads do not live on in a process that is forked off."""
        if self._reader is None or self._process != os.getpid():
            self._reader, self._process = Reader(self._model, self._threads), os.getpid()
        return self._reader

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_reader": None}


@Language.factory(
    "reportedly",
    default_config={"model": None, "threads": None},
    assigns=["doc.spans", "doc._.attributions"],
)
def make(nlp: Language, name: str, model: str | None, threads: int | None) -> ReportedlyComponent:  # noqa: ARG001
    """The component, for spaCy; ``nlp`` and ``name`` belong to its protocol."""
    return ReportedlyComponent(model, threads)


def _batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    docs = iter(stream)
    while batch := list(islice(docs, size)):
        yield batch


def _article(doc: Doc) -> Article:
    article = from_text(doc.text)
    published = doc._.reportedly_published
    return dataclasses.replace(article, published=published) if published is not None else article
