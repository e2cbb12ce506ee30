from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly.errors import InputError, NotFoundError, NotTextError, OffsetError, SchemaError, VersionError
from reportedly.evaluate.files import load
from reportedly.schema import Article, Attribution, Reading

TEXT = "Ann Lee said taxes will rise.\r\nBob\u2028said no."
SPANS = {"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 28]]}
GOLD = {"doc": "story", "attributions": [{"id": "E1", **SPANS}, {"source": None, "cue": [[35, 39]]}]}


def reading(text: str = TEXT, path: str = "some/where/story.html") -> str:
    attribution = Attribution(n=1, source=((0, 7),), cue=((8, 12),), content=((13, 28),), confidence=0.5)
    return Reading(Article(id="abc", text=text, path=path), (attribution,)).to_json()


def write(path: Path, *lines: object) -> Path:
    rows = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_bytes(("\n".join(rows) + "\n").encode("utf-8", "surrogatepass"))
    return path


def test_polnear_gold_with_a_folder_of_texts(tmp_path: Path) -> None:
    gold, texts = write(tmp_path / "gold.jsonl", GOLD), tmp_path / "text"
    texts.mkdir()
    (texts / "story.txt").write_bytes(TEXT.encode())
    paired = load(gold, write(tmp_path / "predicted.jsonl", reading()), texts)
    assert paired.texts == {"story": TEXT}
    assert [item.content for item in paired.gold["story"]] == [((13, 28),), ()]
    assert [item.n for item in paired.gold["story"]] == [1, 2]
    assert paired.predicted["story"][0].confidence == 0.5
    assert paired.warnings() == []


def test_the_text_may_come_from_the_predictions(tmp_path: Path) -> None:
    paired = load(write(tmp_path / "gold.jsonl", GOLD), write(tmp_path / "predicted.jsonl", reading()))
    assert paired.texts == {"story": TEXT}


def test_a_folder_of_records_with_their_texts(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    write(folder / "story.json", {**GOLD, "doc": None, "id": "story"})
    (folder / "story.txt").write_bytes(TEXT.encode())
    single = write(tmp_path / "story.json", reading())
    for predicted in (folder, single):
        paired = load(folder, predicted)
        assert paired.texts == {"story": TEXT}
        assert paired.predicted.keys() == {"story"}


def test_what_does_not_pair_is_said(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", {**GOLD, "text": TEXT})
    paired = load(gold, write(tmp_path / "predicted.jsonl", reading(path="other.txt")))
    assert (paired.unpredicted, paired.ignored) == (("story",), ("other",))
    assert paired.warnings() == [
        "1 document (story) not predicted: scored as nothing found",
        "1 document (other) not in gold: ignored",
    ]


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        ("{nonsense", SchemaError, "predicted.jsonl:2: not JSON"),
        ("[" * 100_000, SchemaError, "predicted.jsonl:2: not JSON"),
        ("[1]", SchemaError, "predicted.jsonl:2: a document is an object, not list"),
        ("{}", SchemaError, 'predicted.jsonl:2: the document has no name; give it a "doc"'),
        (GOLD, SchemaError, "predicted.jsonl:2: document 'story' a second time after .*predicted.jsonl:1; keep one"),
        ({"doc": "b", "attributions": 3}, SchemaError, "predicted.jsonl:2: attributions is a list of objects"),
        ({"doc": "b", "attributions": [{"content": [[0, 999]]}]}, OffsetError, r"predicted.jsonl:2: .*\[0, 999\)"),
        ({"doc": "b", "attributions": [{"content": [0, 9]}]}, SchemaError, "predicted.jsonl:2: .*content: a span is"),
        ({"doc": "b", "schema": 99}, VersionError, "predicted.jsonl:2: .*update it"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: object, error: type[SchemaError], message: str) -> None:
    gold = write(tmp_path / "gold.jsonl", {**GOLD, "text": TEXT}, {"doc": "b", "text": "Quiet."})
    with pytest.raises(error, match=message):
        load(gold, write(tmp_path / "predicted.jsonl", GOLD, line))


def test_files_that_are_not_there_or_not_text(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", GOLD)
    predicted = write(tmp_path / "predicted.jsonl", GOLD)
    with pytest.raises(NotFoundError, match=r"nowhere\.jsonl: there is no such file"):
        load(tmp_path / "nowhere.jsonl", predicted)
    with pytest.raises(InputError, match=r"gold\.jsonl:1: no text for document 'story'; give the folder"):
        load(gold, predicted)
    with pytest.raises(NotFoundError, match=r"story\.txt: there is no such file"):
        load(gold, predicted, tmp_path)
    (tmp_path / "story.txt").write_bytes(b"caf\xe9")
    with pytest.raises(NotTextError, match=r"story\.txt: not UTF-8: byte 0xe9 at 3; save it as UTF-8"):
        load(gold, predicted, tmp_path)
    with pytest.raises(InputError, match="holds no documents"):
        load(write(tmp_path / "empty.jsonl", ""), predicted)


def test_two_sides_with_different_texts_are_refused(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", {**GOLD, "text": TEXT})
    predicted = write(tmp_path / "predicted.jsonl", reading(TEXT.replace("\r\n", "\n")))
    with pytest.raises(InputError, match="they part at character 29"):
        load(gold, predicted)
