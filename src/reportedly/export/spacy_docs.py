"""Readings on spaCy's documents: span groups, and the records themselves. Needs spaCy, the extra ``spacy``.

``doc.spans`` has ``reportedly_source``, ``reportedly_cue`` and ``reportedly_content``: the tokens that hold those
spans, each labelled with the kind of speaker, and with the number of its statement as ``span.id_``.
``doc._.attributions`` are the records, whose offsets are those of ``doc.text``. What is kept on the document is JSON,
so it goes into a DocBin and back; to read it there, import this module or ``reportedly.spacy_component``.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

from reportedly.errors import OffsetError
from reportedly.schema import Attribution, Reading

GROUPS = ("source", "cue", "content")


def annotate(doc: Doc, reading: Reading) -> None:
    """Put a reading of the document's own text on it."""
    for field in GROUPS:
        doc.spans[f"reportedly_{field}"] = [
            _tokens(doc, span, item) for item in reading.attributions for span in getattr(item, field)
        ]
    doc._.reportedly = reading.to_json()


def reading_of(doc: Doc) -> Reading | None:
    """The reading that was put on a document, or None."""
    line = doc._.reportedly
    return Reading.from_json(line) if line is not None else None


def _attributions(doc: Doc) -> tuple[Attribution, ...]:
    reading = reading_of(doc)
    return reading.attributions if reading is not None else ()


def _tokens(doc: Doc, span: tuple[int, int], item: Attribution) -> Span:
    """The tokens that hold a span of characters."""
    found = doc.char_span(*span, label=item.speaker.type, span_id=str(item.n), alignment_mode="expand")
    if found is None:
        raise OffsetError(f"attribution {item.n}: [{span[0]}, {span[1]}) does not fit the document")
    return found


Doc.set_extension("reportedly", default=None, force=True)
Doc.set_extension("reportedly_published", default=None, force=True)
Doc.set_extension("attributions", getter=_attributions, force=True)
