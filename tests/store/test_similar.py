"""Statements that are similar by meaning: what is found, and what becomes of the file of vectors."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.invented import MAKER, readings
from reportedly.errors import LibraryError, QueryError
from reportedly.model.sentences import SIZE, SentenceEncoder
from reportedly.schema import Article, Attribution, Maker, Reading, Speaker, article_id
from reportedly.store import Embedded, Library, Query, Results, fulltext, search, similar, vectors
from reportedly.store.records import content, content_key
from reportedly.store.search import planned
from reportedly.store.similar import Similar
from reportedly.store.steps import to_contents
from reportedly.store.vectors import VectorFile
from tests.export.stories import EMPTY, HOSTILE, READING

from .test_faults import _open_to_all, without_rights

CLOSED = "that the harbour would be closed for a week"
SHUT = "the port will stay shut for seven days"
WHEAT = "wheat prices rose sharply in spring"
SCANDAL = "the minister had resigned over the scandal"
ASKED = "The harbour is closing for a week."


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(1)


@pytest.fixture(autouse=True)
def _loaded_once(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "SentenceEncoder", lambda _: encoder)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test writes into anybody's own cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "reportedly"


def told(*said: str, url: str = "", speaker: str = "Ada Okonjo", published: str = "2034-09-13") -> Reading:
    """A reading in which somebody says some things, one a line."""
    text = "\n".join(said)
    starts = [sum(len(line) + 1 for line in said[:k]) for k in range(len(said))]
    items = tuple(
        Attribution(n=n, content=((start, start + len(line)),), speaker=Speaker(speaker, "person"))
        for n, (start, line) in enumerate(zip(starts, said, strict=True), 1)
    )
    article = Article(article_id(text, url), text, url=url or None, outlet="The Norwick Post", published=published)
    return Reading(article, items, MAKER)


FIRST = told(CLOSED, WHEAT)
SECOND = told(SHUT, SCANDAL, speaker="Bela Holm", published="2034-10-02")
AGAIN = told(CLOSED, url="https://elsewhere.example/1", published="2034-09-14")


@pytest.fixture
def news(library: Library) -> Library:
    for reading in (FIRST, SECOND, AGAIN):
        library.add(reading)
    return library


def said(results: Results) -> list[str]:
    return [content(hit.reading, hit.statement) for hit in results.hits]


def file_of(library: Library) -> VectorFile:
    return library._vectors()._file


def count(library: Library) -> int:
    return len(file_of(library).state().keys)


def texts_of(some: Sequence[Reading]) -> set[str]:
    return {content(reading, item) for reading in some for item in reading.attributions}


# --- What is found


def test_what_means_the_same_is_found_the_nearest_first(news: Library) -> None:
    results = news.similar(ASKED)
    assert said(results) == [CLOSED, CLOSED, SHUT]
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == scores[1] > scores[2] >= similar.LEAST
    assert (results.total, results.more) == (3, False)
    assert results.hits[0].article == AGAIN.article.id, "of two as near the later"


def test_a_statement_is_as_near_to_itself_as_can_be(news: Library) -> None:
    assert news.similar(f"  {SCANDAL}\n").hits[0].score == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(speaker="bela holm"), [SHUT]),
        (Query(outlet="norwick post"), [CLOSED, CLOSED, SHUT]),
        (Query(outlet="gazette"), []),
        (Query(published_since="2034-10"), [SHUT]),
        (Query(speaker_type="unnamed"), []),
        (Query("harbour"), [CLOSED, CLOSED]),
        (Query("harbour OR port -week"), [SHUT]),
        (Query("wheat"), []),
        (Query(sort="date"), [SHUT, CLOSED, CLOSED]),
        (Query(limit=1, offset=2), [SHUT]),
    ],
    ids=repr,
)
def test_filters_hold_for_what_is_similar(news: Library, query: Query, found: list[str]) -> None:
    assert said(news.similar(ASKED, query)) == found


def test_counts_are_of_what_is_similar(news: Library) -> None:
    facets = {facet.field: facet.counts for facet in news.similar(ASKED).facets}
    assert [(count.value, count.count) for count in facets["speaker"]] == [("Ada Okonjo", 2), ("Bela Holm", 1)]
    assert not news.similar(ASKED, Query(facets=False)).facets


@pytest.mark.parametrize("query", [Query(), Query(outlet="norwick post")], ids=repr)
def test_where_too_many_are_similar_the_nearest_are_taken(
    news: Library, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_CANDIDATES", 2)
    results = news.similar(ASKED, query)
    assert (said(results), results.total, results.more) == ([CLOSED, CLOSED], 2, True)
    monkeypatch.setattr(similar, "MOST_TEXTS", 1)
    monkeypatch.setattr(search, "MOST_CANDIDATES", 3)
    results = news.similar(ASKED, query)
    assert (said(results), results.total, results.more) == ([CLOSED, CLOSED], 2, True)


def test_words_that_are_looked_for_are_marked(news: Library) -> None:
    (hit, _) = news.similar(ASKED, Query("harbour")).hits
    assert [hit.passage.text[start:end] for start, end in hit.passage.marks] == ["harbour"]


@pytest.mark.parametrize("text", ["", " \n"])
def test_nothing_is_similar_to_nothing(news: Library, text: str) -> None:
    with pytest.raises(QueryError, match="say what similar statements should say"):
        news.similar(text)


def test_an_empty_library_has_nothing_similar(library: Library) -> None:
    assert library.similar(ASKED).total == 0
    library.add(EMPTY)
    assert library.similar(ASKED).total == 0


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 100_000, "\u202eabc", "🙂", "'; DROP TABLE statement; --"])
def test_any_text_can_be_compared(library: Library, text: str) -> None:
    library.add(HOSTILE)
    library.add(told(text.replace("\n", " ")))
    assert library.similar(text).hits[0].score == pytest.approx(1, abs=1e-3)


# --- When vectors are made


def test_a_text_is_embedded_once(news: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded: list[str] = []
    run = SentenceEncoder.__call__

    def counted(self: SentenceEncoder, texts: Sequence[str]) -> object:
        embedded.extend(texts)
        return run(self, texts)

    monkeypatch.setattr(SentenceEncoder, "__call__", counted)
    assert list(news.embed()) == [Embedded(4, 4)]
    assert sorted(embedded) == sorted([CLOSED, SHUT, WHEAT, SCANDAL])
    assert list(news.embed()) == []
    news.add(told(WHEAT, "the bridge is safe", url="https://elsewhere.example/2"))
    assert said(news.similar("The bridge is not in danger.")) == ["the bridge is safe"]
    assert embedded[4:] == ["the bridge is safe", "The bridge is not in danger."]
    with Library(news.where) as other:
        assert list(other.embed()) == []


def test_what_was_broken_off_goes_on(library: Library, some: list[Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "GROUP", 10)
    for reading in some[:8]:
        library.add(reading)
    total = len(texts_of(some[:8]))
    steps = library.embed()
    assert [next(steps), next(steps)] == [Embedded(10, total), Embedded(20, total)]
    steps.close()  # type: ignore[attr-defined]
    assert count(library) == 20
    with Library(library.where) as other:
        assert next(other.embed()) == Embedded(10, total - 20)
        assert list(other.embed())[-1] == Embedded(total - 30, total - 30)
        assert count(other) == total


def test_what_is_gone_is_never_shown(news: Library) -> None:
    assert said(news.similar(SCANDAL)) == [SCANDAL]
    news.add(replace(SECOND, maker=Maker("newer", "none", "1" * 16), attributions=SECOND.attributions[:1]))
    assert said(news.similar(SCANDAL)) == []
    assert news.prune() == 1
    assert said(news.similar(SCANDAL)) == []
    with Library(news.where) as other:
        assert said(other.similar(SCANDAL)) == []
        assert said(other.similar(ASKED)) == [CLOSED, CLOSED, SHUT]


def test_vectors_of_no_use_are_thrown_out(news: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    list(news.embed())
    file_of(news).add(np.arange(12), np.ones((12, SIZE), dtype=np.float32))
    list(news.embed())
    assert count(news) == 16, "some are left, since the file would be written anew each time"
    monkeypatch.setattr(similar, "MOST_WASTE", 0)
    news.add(told("the bridge is safe", url="https://elsewhere.example/2"))
    list(news.embed())
    assert count(news) == 5


def test_two_programs_at_once_do_no_harm(where: str, some: list[Reading]) -> None:
    with Library(where) as library:
        for reading in some[:12]:
            library.add(reading)
    command = [sys.executable, "-m", "reportedly", "embed", where, "--threads", "1"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    done = [(process.communicate()[1].split(), process.returncode) for process in both]
    assert {(words[1:3] == ["texts", "embedded"], code) for words, code in done} == {(True, 0)}
    total = len(texts_of(some[:12]))
    assert max(int(words[0]) for words, _ in done) == total
    with Library(where) as library:
        list(library.embed())
        state = file_of(library).state()
        assert (len(set(state.keys.tolist())), state.damaged) == (total, False)
        text = content(some[3], some[3].attributions[2])
        assert said(library.similar(text))[0] == text


def test_a_search_by_words_loads_no_network(tmp_path: Path) -> None:
    with Library(tmp_path / "news.db") as library:
        library.add(READING)
    program = (
        "import sys; from reportedly import Library, Query\n"
        f"assert Library({str(tmp_path / 'news.db')!r}).search(Query('harbour')).total == 1\n"
        "assert not {'numpy', 'onnxruntime', 'tokenizers'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


# --- The file


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Library]:
    """A library of a file, with all its vectors."""
    with Library(tmp_path / "news.db") as library:
        for reading in (FIRST, SECOND, AGAIN):
            library.add(reading)
        assert len(list(library.embed())) == 1
        yield library


def test_the_file_lies_beside_the_librarys(made: Library, tmp_path: Path) -> None:
    assert file_of(made).path == tmp_path / "news.db.vectors"
    assert file_of(made).path.stat().st_size == 64 + 4 * (16 + 2 * SIZE)


def test_vectors_of_a_server_are_in_the_cache(server: object, cache: Path) -> None:
    where = server.database()  # type: ignore[attr-defined]
    with Library(where) as library:
        library.add(FIRST)
        assert library.similar(ASKED).total == 1
        assert [file_of(library).path] == list(cache.iterdir())


DAMAGE = {
    "missing": lambda _: None,
    "empty": lambda _: b"",
    "cut": lambda data: data[:-300],
    "cut in its first lines": lambda data: data[:30],
    "cut in the middle of nowhere": lambda data: data[:1000] + data[1500:],
    "something else": lambda _: b"# My vectors\n\nNot what you think.\n" * 40,
    "of other weights": lambda data: data[:21] + b"0" * 16 + data[37:],
    "of a later format": lambda data: data.replace(b"vectors 1\n", b"vectors 2\n", 1),
    "all zeros": lambda data: bytes(len(data)),
    "with a hole": lambda data: data[:64] + bytes(784) + data[64 + 784 :],
    "with nothing but damage": lambda data: data[:64] + bytes(700),
    "longer": lambda data: data + b"junk",
    "doubled": lambda data: data + data[64:],
}


@pytest.mark.parametrize("kind", DAMAGE)
@pytest.mark.parametrize("opened", [False, True], ids=["before it is opened", "while it is open"])
def test_a_file_that_is_damaged_is_made_again(made: Library, kind: str, opened: bool) -> None:
    path = file_of(made).path
    whole = path.read_bytes()
    data = DAMAGE[kind](whole)  # type: ignore[no-untyped-call]
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    library = made if opened else Library(made.where)
    assert said(library.similar(ASKED)) == [CLOSED, CLOSED, SHUT]
    state = file_of(library).state()
    assert not state.damaged
    assert set(state.keys.tolist()) == {content_key(text) for text in (CLOSED, SHUT, WHEAT, SCANDAL)}
    library.close()


def test_no_byte_can_be_wrong_without_notice(made: Library) -> None:
    path, rng = file_of(made).path, random.Random(3)  # noqa: S311
    whole = path.read_bytes()
    for _ in range(300):
        data = bytearray(whole)
        data[rng.randrange(64, len(data))] ^= rng.randrange(1, 256)
        path.write_bytes(data)
        state = file_of(made).state()
        assert state.damaged
        assert len(state.keys) == 3


def test_the_file_of_another_library_gives_nothing_wrong(made: Library, tmp_path: Path) -> None:
    with Library(tmp_path / "other.db") as other:
        other.add(told("the bridge is safe", WHEAT))
        file_of(other).path.write_bytes(file_of(made).path.read_bytes())
        assert said(other.similar(ASKED)) == []
        assert said(other.similar(WHEAT)) == [WHEAT]
        assert said(other.similar("Nothing is wrong with the bridge.")) == ["the bridge is safe"]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "news.db.vectors").mkdir()
    with Library(tmp_path / "news.db") as library:
        library.add(FIRST)
        with pytest.raises(LibraryError, match=r"news\.db\.vectors: the vectors of what is said cannot be kept \("):
            library.similar(ASKED)
        assert library.search(Query("harbour")).total == 1


def test_a_library_that_may_not_be_written_has_them_in_the_cache(made: Library, tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    made.close()
    for path in tmp_path.glob("news.db*"):
        path.rename(folder / path.name)
    cache.mkdir(parents=True)
    for path in (tmp_path, cache.parent):
        path.chmod(0o755)
    cache.chmod(0o777)
    _open_to_all(tmp_path)
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        with without_rights(), Library(folder / "news.db", create=False) as library:
            assert list(library.embed()) == [], "what lies beside it is used"
            assert said(library.similar(ASKED)) == [CLOSED, CLOSED, SHUT]
            assert file_of(library).path.parent == cache
            file_of(library).path.unlink()
            assert said(library.similar(ASKED)) == [CLOSED, CLOSED, SHUT]
    finally:
        folder.chmod(0o755)


def drawn(number: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(number, SIZE)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)  # type: ignore[no-any-return]


@pytest.mark.parametrize("chunk", [1, 7, 1000, 4096])
def test_all_that_is_near_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(vectors, "CHUNK", chunk)
    file, there, asked = VectorFile(tmp_path / "v", "0" * 16), drawn(500), drawn(1, seed=1)[0]
    file.tidy(np.zeros(0, dtype=np.int64))
    file.add(np.arange(300), there[:300])
    file.add(np.arange(300, 500), there[300:])
    keys, cosines = file.near(asked, 0.05)
    exact = there @ asked
    near = dict(zip(keys.tolist(), cosines.tolist(), strict=True))
    assert near.keys() >= set(np.nonzero(exact > 0.051)[0].tolist())
    assert not near.keys() & set(np.nonzero(exact < 0.049)[0].tolist())
    assert all(abs(exact[key] - cosine) < 1e-3 for key, cosine in near.items())
    file.tidy(np.arange(0, 500, 5))
    assert sorted(file.state().keys.tolist()) == list(range(0, 500, 5))


def test_a_file_is_read_in_little_memory(tmp_path: Path) -> None:
    file = VectorFile(tmp_path / "v", "0" * 16)
    file.tidy(np.zeros(0, dtype=np.int64))
    for start in range(0, 40_000, 5000):
        file.add(np.arange(start, start + 5000), drawn(5000, start))
    tracemalloc.start()
    file.near(drawn(1)[0], 0.5)
    file.state()
    file.tidy(np.arange(40_000))
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert file.path.stat().st_size > 30_000_000
    assert used < 16_000_000


# --- The library's own part


def test_an_older_library_gets_its_keys(library: Library, some: list[Reading]) -> None:
    for reading in (*some[:5], READING, HOSTILE, EMPTY):
        library.add(reading)
    rows = "SELECT id, content FROM statement ORDER BY id"
    with library._database.writing() as session:
        before = session.rows(rows)
        session.run("DROP INDEX ix_statement_content")
        session.run("ALTER TABLE statement DROP COLUMN content")
    with library._database.writing() as session:
        to_contents(session)
        assert session.rows(rows) == before
        assert len({key for _, key in before}) > 30
    assert library.similar("The harbour tax will rise if parliament agrees.").total >= 1


def test_what_is_near_is_looked_up_by_its_key(tmp_path: Path) -> None:
    with Library(tmp_path / "news.db") as library:
        for reading in readings(50):
            library.add(reading)
        plan = planned(Query(stance="denies"), fulltext.SqliteWords(), "(SELECT value FROM json_each(:chosen))")
        with library._database.reading() as session:
            steps = [row[3] for row in session.rows(f"EXPLAIN QUERY PLAN {plan.sql}", chosen="[1]", **plan.values)]
    assert any("SEARCH s USING INDEX ix_statement_content (content=?)" in step for step in steps)
    assert not any(step.startswith("SCAN s") for step in steps)


# --- The command line


def run(*arguments: object) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "reportedly", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"COLUMNS": "100"})
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_on_the_command_line(news: Library) -> None:
    where = news.where
    code, out, err = run("search", where, "--like", ASKED, "--speaker", "okonjo")
    assert (code, err) == (0, "")
    assert out.startswith("2 statements\n\n  1  Ada Okonjo\n")
    assert out.count(CLOSED) == 2
    place = news.similar(SHUT).hits[0].place
    code, out, err = run("search", where, "--like", place, "--jsonl", "--limit", 1)
    assert (code, err) == (0, "")
    assert f'"place": "{place}"' in out
    assert run("embed", where) == (0, "", "0 texts embedded\n")
    code, _, err = run("search", where, "--like", "")
    assert code == 2
    assert "say what similar statements should say" in " ".join(err.replace("│", " ").split())
    code, _, err = run("search", where, "--like", "0123456789abcdef/s/0-9")
    assert code == 1
    assert "there is no article" in err
    assert isinstance(news._vectors(), Similar)
