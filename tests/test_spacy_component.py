"""The spaCy component and DocBins: span groups, records, batches, processes, and there and back."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import reportedly.spacy_component  # noqa: F401 - the extensions, without a pipeline
from reportedly import Reader
from reportedly.errors import ModelError
from reportedly.export import docbin
from reportedly.export.options import Options
from reportedly.export.spacy_docs import reading_of
from reportedly.export.storable import storable
from reportedly.schema import Article, Reading
from tests.export.stories import EMPTY, HOSTILE, READING
from tests.export.written import STRANGE, crowd


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("reportedly", config={"threads": 1})
    return made


def test_spacy_finds_the_component_by_itself() -> None:
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('reportedly'); print(nlp.pipe_names)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['reportedly']\n"


def test_a_document_is_read_as_the_reader_reads_it(nlp: Language, reader: Reader, report: str) -> None:
    doc = nlp(report)
    expected = reader.read(report)
    assert [item.content for item in doc._.attributions] == [item.content for item in expected.attributions]
    assert doc._.attributions == reading_of(doc).attributions
    assert reading_of(doc).article.text == doc.text == report


def test_span_groups_hold_the_spans(nlp: Language, report: str) -> None:
    doc = nlp(report)
    assert doc._.attributions
    for field in ("source", "cue", "content"):
        spans = [(item, span) for item in doc._.attributions for span in getattr(item, field)]
        group = list(doc.spans[f"reportedly_{field}"])
        assert len(group) == len(spans)
        for tokens, (item, (start, end)) in zip(group, spans, strict=True):
            assert tokens.start_char <= start
            assert tokens.end_char >= end
            assert tokens.label_ == item.speaker.type
            assert tokens.id_ == str(item.n)
    assert "Dalia Renholm" in " ".join(span.text for span in doc.spans["reportedly_source"])


def test_batches_are_read_as_single_documents_are(nlp: Language, report: str) -> None:
    texts = [report, "", "  ", report[:400], "🙂", *[f"Ann Oak said that {n} ships came." for n in range(5)]]
    single = [nlp(text)._.attributions for text in texts]
    for size in (1, 3, 100):
        docs = list(nlp.pipe(texts, batch_size=size))
        assert [doc.text for doc in docs] == texts
        assert [[item.content for item in doc._.attributions] for doc in docs] == [
            [item.content for item in found] for found in single
        ]


def test_a_stream_is_not_read_ahead(nlp: Language) -> None:
    taken = []

    def texts():
        for number in range(100):
            taken.append(number)
            yield f"Ann Oak said that {number} ships came."

    stream = nlp.pipe(texts(), batch_size=2)
    next(stream)
    assert len(taken) < 10


@pytest.mark.slow
def test_processes_each_have_their_own_model(nlp: Language, report: str) -> None:
    expected = [item.content for item in nlp(report)._.attributions]  # the model of this process is loaded by now
    docs = list(nlp.pipe([report] * 4, n_process=2, batch_size=2))
    assert [[item.content for item in doc._.attributions] for doc in docs] == [expected] * 4


def test_a_pipeline_is_saved_with_its_configuration(nlp: Language, tmp_path: Path, report: str) -> None:
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    assert again.get_pipe_config("reportedly") == nlp.get_pipe_config("reportedly")
    assert again.config["components"]["reportedly"]["threads"] == 1
    pickled = pickle.loads(pickle.dumps(nlp.get_pipe("reportedly")))  # noqa: S301 - our own
    assert pickled(nlp.make_doc(report))._.attributions == nlp(report)._.attributions


def test_the_model_can_be_named(tmp_path: Path) -> None:
    made = spacy.blank("en")
    made.add_pipe("reportedly", config={"model": str(tmp_path)})
    with pytest.raises(ModelError):
        made("Ann Oak said so.")


def test_the_day_of_publication_dates_the_saying(nlp: Language, report: str) -> None:
    doc = nlp.make_doc(report)
    assert all(item.when is None or item.when.date is None for item in nlp(report)._.attributions)
    doc._.reportedly_published = "2034-05-04"
    dates = {item.when.date for item in nlp(doc)._.attributions if item.when is not None}
    assert "2034-05-02" in dates


def test_documents_that_were_not_read_say_so(nlp: Language) -> None:
    doc = nlp.make_doc("Ann Oak said so.")
    assert doc._.attributions == ()
    assert reading_of(doc) is None


def test_documents_go_into_a_docbin_and_back(nlp: Language, report: str) -> None:
    doc = nlp(report)
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab)
    assert again._.attributions == doc._.attributions
    assert {key: list(map(repr, group)) for key, group in again.spans.items()} == {
        key: list(map(repr, group)) for key, group in doc.spans.items()
    }


def docs_in(folder: Path) -> list[Doc]:
    vocab = spacy.blank("en").vocab
    return [doc for path in sorted(folder.iterdir()) for doc in DocBin().from_disk(path).get_docs(vocab)]


def test_an_export_gives_every_reading_back(tmp_path: Path) -> None:
    found = [*map(storable, [READING, HOSTILE, EMPTY, STRANGE, crowd(300)])]
    docbin.write(found, tmp_path, Options())
    docs = docs_in(tmp_path)
    assert [reading_of(doc) for doc in docs] == found
    assert [doc.text for doc in docs] == [reading.article.text for reading in found]
    for doc, reading in zip(docs, found, strict=True):
        contents = [(item, span) for item in reading.attributions for span in item.content]
        for tokens, (item, (start, end)) in zip(doc.spans["reportedly_content"], contents, strict=True):
            assert tokens.start_char <= start < end <= tokens.end_char
            assert tokens.id_ == str(item.n)


def test_a_large_export_is_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docbin, "FILE_CHARACTERS", 500)
    docbin.write([READING] * 4, tmp_path, Options())
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["0001.spacy", "0002.spacy"]
    assert len(docs_in(tmp_path)) == 4
    (tmp_path / "none").mkdir()
    docbin.write([], tmp_path / "none", Options())
    assert docs_in(tmp_path / "none") == []


def test_any_text_can_be_a_document(tmp_path: Path) -> None:
    texts = ["", " ", "\r\n\r\n", "a\u2028b", "\x01\x02", "🙂" * 50, "שלום " * 20]
    docbin.write([Reading(Article(str(number), text)) for number, text in enumerate(texts)], tmp_path, Options())
    assert [doc.text for doc in docs_in(tmp_path)] == texts
