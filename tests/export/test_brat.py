"""brat standoff, read back by the rules of the format: offsets give the words, and every event is whole."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings

from reportedly import schema
from reportedly.export import brat
from reportedly.export.options import Options
from reportedly.export.storable import storable
from reportedly.schema import Attribution, Reading
from tests.export.stories import EMPTY, HOSTILE, READING
from tests.export.written import STRANGE, crowd
from tests.strategies import readings

T = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t(.+)")
E = re.compile(r"(E\d+)\t(\w+):(T\d+)((?: \w+:[TE]\d+)*)")
A = re.compile(r"(A\d+)\t(\w+) ([TE]\d+)(?: (\w+))?")
NOTE = re.compile(r"(#\d+)\tAnnotatorNotes (E\d+)\t(.+)")


@dataclass
class Document:
    """What brat reads from a pair of files."""

    text: str
    bounds: dict[str, tuple[str, list[tuple[int, int]]]] = field(default_factory=dict)
    events: dict[str, tuple[str, list[tuple[str, str]]]] = field(default_factory=dict)
    attributes: list[tuple[str, str, str | None]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def words(self, bound: str) -> list[str]:
        return [self.text[start:end] for start, end in self.bounds[bound][1]]


def parsed(folder: Path, name: str) -> Document:
    """The files of one article; every line is of a known form, and no id is given twice."""
    document = Document((folder / f"{name}.txt").read_bytes().decode("utf-8"))
    lines = (folder / f"{name}.ann").read_bytes().decode("utf-8")
    assert lines == "" or lines.endswith("\n")
    for line in lines.splitlines():  # as Python does it: at every kind of line end
        if match := T.fullmatch(line):
            spans = [(int(start), int(end)) for start, end in re.findall(r"(\d+) (\d+)", match[3])]
            assert match[1] not in document.bounds
            document.bounds[match[1]] = (match[2], spans)
            assert match[4] == " ".join(document.words(match[1]))
            assert all(low[1] < high[0] for low, high in pairwise(spans))
        elif match := E.fullmatch(line):
            assert match[1] not in document.events
            document.events[match[1]] = (match[3], re.findall(r"(\w+?)\d*:([TE]\d+)", match[4]))
        elif match := A.fullmatch(line):
            document.attributes.append((match[2], match[3], match[4]))
        else:
            match = NOTE.fullmatch(line)
            assert match, line
            document.notes[match[2]] = match[3]
    return document


def complete(document: Document) -> None:
    """Every reference leads somewhere, of the type that ``annotation.conf`` names."""
    for trigger, arguments in document.events.values():
        assert document.bounds[trigger][0] == "Statement"
        for role, target in arguments:
            assert (target in document.events) if role == "Inside" else (document.bounds[target][0] == role)
    assert {target for _, target, _ in document.attributes} <= {*document.bounds, *document.events}
    assert set(document.notes) == set(document.events)


def written(folder: Path, *found: Reading) -> list[Document]:
    brat.write(map(storable, found), folder, Options())
    names = sorted(path.stem for path in folder.glob("*.txt"))
    assert names == sorted(path.stem for path in folder.glob("*.ann"))
    assert len(names) == len(found)
    return [parsed(folder, name) for name in names]


def letters(text: str) -> str:
    """The text without space and what stands for control characters: what no format may change."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2400-\u2421\ufffd\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "", text)


@settings(deadline=None, max_examples=80)
@given(reading=readings())
def test_any_reading_is_read_back(tmp_path_factory: pytest.TempPathFactory, reading: Reading) -> None:
    (document,) = written(tmp_path_factory.mktemp("brat"), reading)
    assert len(document.text) == len(reading.article.text)
    assert letters(document.text) == letters(reading.article.text)
    complete(document)


def test_all_stories_are_read_back(tmp_path: Path) -> None:
    for document in written(tmp_path, READING, HOSTILE, EMPTY, STRANGE, crowd(1000)):
        complete(document)


def event(document: Document, number: int) -> dict[str, list[str]]:
    """The words of an event, by role."""
    trigger, arguments = document.events[f"E{number}"]
    found: dict[str, list[str]] = {"Statement": document.words(trigger)}
    for role, target in arguments:
        found.setdefault(role, []).extend([target] if role == "Inside" else document.words(target))
    return found


def test_statements_are_events(tmp_path: Path) -> None:
    (document,) = written(tmp_path, READING)
    assert event(document, 1) == {
        "Statement": ["that the harbour tax would rise if parliament agreed"],
        "Source": ["Finance Minister Ada Okonjo"],
        "Cue": ["said"],
        "Condition": ["if parliament agreed"],
        "When": ["on Thursday"],
    }
    assert event(document, 2)["Statement"] == ["“We will not retreat,”", "“Not now.”"]
    assert event(document, 2)["Carrier"] == ["told Reuters"]
    assert event(document, 4)["Hedge"] == ["claim", "reportedly"]
    assert event(document, 4)["Inside"] == ["E3"]
    assert ("Anonymous", "E2", None) in document.attributes
    assert ("Stance", "E1", "commits") in document.attributes
    assert document.notes["E1"] == "Ada Okonjo, Finance Minister → The Harbour Post · 2031-04-03 · confidence 0.93"


def test_spans_are_cut_at_line_ends_and_stand_in_order(tmp_path: Path) -> None:
    (document,) = written(tmp_path, STRANGE)
    assert event(document, 1)["Statement"] == ["“We 👩‍👩‍👧 will, if asked,", "stay", "put.”", "End"]
    assert event(document, 1)["Source"] == ["Ada Okonjo", "שרה"]
    assert len(document.text.encode("utf-16-le")) == len(STRANGE.article.text.encode("utf-16-le", "surrogatepass"))


def test_what_has_no_words_is_left_out(tmp_path: Path) -> None:
    (document,) = written(tmp_path, Reading(READING.article, (Attribution(1, ()), Attribution(2, ((0, 7),), inside=1))))
    assert event(document, 1) == {"Statement": ["Harbour"]}


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "..", "a" * 500, "🙂", "con", "a/b\0c"])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    article = schema.Article(name, "Text")
    brat.write([Reading(article), Reading(article)], folder, Options())
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert len(list(folder.iterdir())) == 5


def test_the_configuration_names_all_types(tmp_path: Path) -> None:
    documents = written(tmp_path, READING, STRANGE)
    lines = (tmp_path / "annotation.conf").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("[")] == ["[entities]", "[relations]", "[events]", "[attributes]"]
    entities = set(lines[1 : lines.index("[relations]")])
    assert {kind for document in documents for kind, _ in document.bounds.values()} <= entities | {"Statement"}
    values = dict(re.findall(r"^(\w+)\tArg:[\w|]+, Value:(.+)$", "\n".join(lines), re.MULTILINE))
    for name, choices in (
        ("Stance", schema.Stance),
        ("SpeakerType", schema.SpeakerType),
        ("Quotation", schema.Quotation),
    ):
        assert values[name].split("|") == list(get_args(choices))
    assert {name for document in documents for name, _, _ in document.attributes} <= {*values, "Anonymous", "Carried"}
