"""spaCy DocBins: a folder of ``.spacy`` files, as spaCy's own commands and ``spacy.training.Corpus`` read them.

A DocBin is written as a whole, so a large export is many of them. Needs spaCy, the extra ``spacy``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import Path

from reportedly.export.options import Options
from reportedly.schema import Reading

# In memory at once: spaCy's tokens take some fifty times the room of their text.
FILE_CHARACTERS = 2_000_000


def write(readings: Iterable[Reading], folder: Path, options: Options) -> None:  # noqa: ARG001 - as all writers
    """Write ``0001.spacy`` and on: documents, tokenised for English, with span groups and records."""
    import spacy
    from spacy.tokens import DocBin

    from reportedly.export.spacy_docs import annotate

    tokenizer = spacy.blank("en").tokenizer
    numbers = count(1)
    bin_, size = DocBin(store_user_data=True), 0
    for reading in readings:
        doc = tokenizer(reading.article.text)
        annotate(doc, reading)
        bin_.add(doc)
        size += len(doc.text)
        if size >= FILE_CHARACTERS:
            bin_.to_disk(folder / f"{next(numbers):04d}.spacy")
            bin_, size = DocBin(store_user_data=True), 0
    if len(bin_):
        bin_.to_disk(folder / f"{next(numbers):04d}.spacy")
