"""The main path: from a file, a text or an article to a reading."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import reportedly
from reportedly import Failure, InputError, NotFoundError, Reader, Reading, pipeline
from reportedly.ingest import from_text
from reportedly.schema import Span, check_offsets

MORE = "Port captain Ines Calder said that the cranes were checked in March.\n\nNobody from the union was there."


def says(reading: Reading, who: str, cue: str, what: str) -> bool:
    """Whether some statement has these words in its source, its cue and its content."""
    return any(
        who in reading.quote(item, "source") and cue in reading.quote(item, "cue") and what in reading.quote(item)
        for item in reading.attributions
    )


def spans(reading: Reading) -> list[tuple[tuple[Span, ...], ...]]:
    return [(item.source, item.cue, item.content) for item in reading.attributions]


@pytest.mark.parametrize(
    ("who", "cue", "what"),
    [
        ("Dalia Renholm", "said", "the harbour would close for a week"),
        ("Renholm", "said", "We have no choice"),
        ("Oskar Brandt", "told", "the strike would go on"),
        ("He", "said", "the dockers were never warned"),
        ("port authority", "ccording to", "nine ships are waiting outside the harbour"),
    ],
)
def test_a_report_gives_its_plain_statements(reader: Reader, report: str, who: str, cue: str, what: str) -> None:
    assert says(reader.read(report), who, cue, what)


def test_speakers_go_by_their_full_names(reader: Reader, report: str) -> None:
    names = {voice.speaker.name for voice in reader.read(report).voices()}
    assert {"Dalia Renholm", "Oskar Brandt"} <= names


def test_furniture_says_nothing(reader: Reader, report: str) -> None:
    text = f"{report}\nPhoto: Ada Okonjo/Norrin Press\n\nRead more: the union said that it would sue\n"
    reading = reader.read(text)
    silent = [block.span for block in reading.article.blocks if block.kind in ("furniture", "credit", "byline")]
    assert len(silent) >= 3
    for item in reading.attributions:
        assert not any(start <= item.content[0][0] < end for start, end in silent)


def test_a_path_a_name_a_text_and_an_article_give_the_same(reader: Reader, report: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(report)
    readings = [reader.read(source) for source in (path, str(path), report, from_text(report))]
    assert [reading.article.path for reading in readings] == [str(path), str(path), None, None]
    assert all(reading.attributions == readings[0].attributions for reading in readings)
    assert all(reading.article.text == report for reading in readings)


def test_a_reading_says_what_made_it_and_survives_its_json(reader: Reader, report: str) -> None:
    reading = reader.read(report)
    assert reading.maker.program == f"reportedly {reportedly.__version__}"
    assert len(reading.maker.weights) == 16
    assert Reading.from_json(reading.to_json()) == reading
    check_offsets(reading)


@pytest.mark.parametrize("name", ["no-such-file.txt", "", "a" * 5000, "nul\0.txt"])
def test_a_name_that_no_file_has(reader: Reader, name: str) -> None:
    with pytest.raises(NotFoundError, match="no such file; give the name of a file"):
        reader.read(name)
    with pytest.raises(InputError):
        reader.read(Path(name or "none"))


def test_what_cannot_be_read_is_a_failure_in_its_place(reader: Reader, report: str, tmp_path: Path) -> None:
    binary = tmp_path / "picture.txt"
    binary.write_bytes(b"\x89PNG\r\n" + bytes(100))
    results = list(reader.read_many([report, "missing.txt", MORE, binary, tmp_path / "none.html", report]))
    assert [type(result) for result in results] == [Reading, Failure, Reading, Failure, Failure, Reading]
    failed = [result.path for result in results if isinstance(result, Failure)]
    assert failed == ["missing.txt", str(binary), str(tmp_path / "none.html")]
    assert results[0] == results[5]


def test_one_by_one_and_together_give_the_same(reader: Reader, report: str) -> None:
    texts = [report, MORE, " ", report[200:], MORE * 30, "No statement here."]
    together = [reading for reading in reader.read_many(texts) if isinstance(reading, Reading)]
    assert [spans(reading) for reading in together] == [spans(reader.read(text)) for text in texts]


def test_chunks_keep_the_order_and_take_no_more_than_they_need(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK_ARTICLES", 2)
    taken = []

    def sources() -> Iterator[str]:
        for number in range(5):
            taken.append(number)
            yield "missing.txt" if number == 2 else f"Report {number}: {MORE}"

    results = reader.read_many(sources())
    assert next(results).article.text.startswith("Report 0")
    assert taken == [0, 1]
    rest = [result.path if isinstance(result, Failure) else result.article.text[:8] for result in results]
    assert rest == ["Report 1", "missing.txt", "Report 3", "Report 4"]
    monkeypatch.setattr(pipeline, "CHUNK_CHARACTERS", 1)
    assert len(list(reader.read_many([MORE, MORE, MORE]))) == 3
    assert list(reader.read_many([])) == []


def test_many_threads_on_one_reader_give_the_same(reader: Reader, report: str) -> None:
    texts = [report, MORE, report[150:], f"{MORE}\n\n{report}"] * 4
    alone = [reader.read(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(reader.read, texts)) == alone


def test_the_package_reads_with_a_reader_of_its_own(report: str) -> None:
    with ThreadPoolExecutor(4) as threads:  # the first calls come together and must load one model
        first, *others = threads.map(reportedly.read, [report] * 4)
    assert all(other == first for other in others)
    assert [type(result) for result in reportedly.read_many([MORE, "none.txt"])] == [Reading, Failure]
    assert pipeline._loaded_reader.cache_info().currsize == 1
