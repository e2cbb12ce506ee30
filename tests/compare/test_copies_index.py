"""The index: an article at a time gives the same copies as all at once; it can be stored and looks at neighbours."""

import random

import numpy as np
import pytest

from reportedly.compare.copies import find_copies
from reportedly.compare.index import CopyIndex
from reportedly.compare.passages import MAX_PASSAGES, passages
from reportedly.compare.postings import MOST_DOCUMENTS, Postings
from reportedly.compare.shingles import among, grams, winnow, word_hash, words_in
from reportedly.errors import SchemaError
from tests.compare.copies_stories import ELSEWHERE, LOCAL, PLAIN, RETOLD, article, wire


def story():
    return [
        article(LOCAL, "Holm Gazette"),
        wire(),
        article(PLAIN, "Holm Star"),
        article(RETOLD, "Ustrup Mail"),
        article(ELSEWHERE, "Brona Post"),
    ]


def test_one_by_one_or_all_at_once():
    articles = story()
    index = CopyIndex()
    for one in articles:
        index.add(one)
    assert tuple(copy for one in articles for copy in index.copies(one.id)) == find_copies(articles)
    assert len(index) == 5
    index.add(articles[0])
    assert len(index) == 5


def test_an_article_that_comes_late_changes_only_its_neighbours():
    late, *others = story()[1:]
    index = CopyIndex()
    for one in others:
        index.add(one)
    assert not any(index.copies(one.id) for one in others if one.outlet == "Holm Star")
    index.add(late)
    outlets = {one.id: one.outlet for one in others}
    assert {outlets[name] for name in index.neighbours(late.id)} == {"Holm Star", "Ustrup Mail"}
    assert [copy.source for copy in index.copies(others[0].id)] == [late.id]


def test_an_index_can_be_stored():
    articles = {one.id: one for one in story()}
    index = CopyIndex(articles.__getitem__)
    for one in articles.values():
        index.add(one)
    again = CopyIndex.from_bytes(index.to_bytes(), articles.__getitem__)
    assert [again.copies(name) for name in articles] == [index.copies(name) for name in articles]
    assert all(name in again for name in articles)
    for damaged in (b"", b"PK\x03\x04 and nothing else", index.to_bytes()[:-40], b"[1]"):
        with pytest.raises(SchemaError, match="copy index: damaged"):
            CopyIndex.from_bytes(damaged, articles.__getitem__)
    with pytest.raises(KeyError):
        index.copies("nobody")


def test_postings_count_what_documents_share():
    chance = np.random.default_rng(1)
    documents = [np.unique(chance.integers(0, 400, 60, dtype=np.uint64)) for _ in range(90)]
    postings = Postings()
    for number, hashes in enumerate(documents):
        postings.add(number, hashes)
    for held in (postings, Postings.from_bytes(postings.to_bytes())):
        found = held.shared(documents[7])
        assert found == {n: k for n, d in enumerate(documents) if (k := len(np.intersect1d(documents[7], d)))}


def test_what_nearly_all_documents_have_is_passed_over():
    postings = Postings()
    for number in range(MOST_DOCUMENTS + 1):
        postings.add(number, np.array([1, 1000 + number], np.uint64))
    assert postings.shared(np.array([1, 1005], np.uint64)) == {5: 1}


def test_hashes_are_the_same_on_every_machine_and_for_every_spelling():
    assert word_hash("Café") == word_hash("cafe") == word_hash("CAFÉ")
    assert word_hash("don’t") == word_hash("don't")


def test_winnowing_misses_no_long_run():
    chance = random.Random(5)  # noqa: S311
    shared = [str(chance.random()) for _ in range(11)]
    sides = [
        [*(str(chance.random()) for _ in range(chance.randrange(40))), *shared, *(str(n + side) for n in range(9))]
        for side in (100, 200)
    ]
    kept = [winnow(grams(np.array([word_hash(w) for w in side], np.uint64), 8), 4) for side in sides]
    assert among(kept[0], kept[1]).any()


def test_quoted_words_are_known():
    text = 'She said "no more locks" twice.'
    words = words_in(text, [(0, len(text))])
    assert [text[s:e] for s, e, q in zip(words.starts, words.ends, words.quoted, strict=True) if q] == [
        "no",
        "more",
        "locks",
    ]


def test_passages_are_bounded_and_in_order():
    chance = random.Random(2)  # noqa: S311
    runs = [" ".join(str(chance.random())[2:] for _ in range(8)) for _ in range(3 * MAX_PASSAGES)]
    mixed = chance.sample(runs, len(runs))
    one, other = ("\n".join(side) for side in (runs, mixed))
    found = passages(words_in(other, [(0, len(other))]), words_in(one, [(0, len(one))]))
    assert len(found) == MAX_PASSAGES
    assert [target for _, target in found] == sorted(target for _, target in found)
    assert all(one[s:e] == other[low:high] for (s, e), (low, high) in found)
