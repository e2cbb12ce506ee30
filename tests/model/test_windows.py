"""Windows: every word once, in order, never too long, with what a word piece cannot show."""

import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from reportedly.model import Window, windows
from reportedly.model.windows import (
    CLS,
    PAD,
    QUOTE_INSIDE,
    QUOTE_MARK,
    QUOTE_OUTSIDE,
    SEP,
    SHAPE_DIGIT,
    SHAPE_LOWER,
    SHAPE_MIXED,
    SHAPE_PUNCT,
    SHAPE_TITLE,
    SHAPE_UPPER,
    UNK,
    WORD_PIECES,
    Pieces,
    pack,
)
from reportedly.text import tokens


def spelling() -> Pieces:
    """Word pieces that are single letters, so that a word costs its length."""
    letters = string.ascii_lowercase + string.digits
    names = [PAD, UNK, CLS, SEP, *letters, *(f"##{letter}" for letter in letters), *string.punctuation]
    vocabulary = {name: number for number, name in enumerate(names)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNK, max_input_chars_per_word=1000))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return Pieces(tokenizer)


PIECES = spelling()


def shown(text: str, window: Window) -> str:
    """The words of a window, parted by single spaces."""
    return " ".join(text[start:end] for start, end in window.words)


def cut(text: str, limit: int) -> list[str]:
    return [shown(text, window) for window in windows(text, PIECES, limit)]


def test_whole_paragraphs_share_a_window_while_they_fit() -> None:
    text = "aa bb\ncc dd\nee ff"
    assert cut(text, 2 + 8) == ["aa bb cc dd", "ee ff"]
    assert cut(text, 2 + 12) == ["aa bb cc dd ee ff"]
    assert cut(text, 2 + 7) == ["aa bb", "cc dd", "ee ff"]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = "short one\nAaa bbb. Ccc ddd. Eee fff.\nlast"
    assert cut(text, 2 + 14) == ["short one", "Aaa bbb . Ccc ddd .", "Eee fff . last"]


def test_a_long_sentence_is_cut_between_words() -> None:
    assert cut("aaa bbb ccc ddd", 2 + 6) == ["aaa bbb", "ccc ddd"]


def test_a_giant_word_takes_no_more_than_its_share() -> None:
    text = f"he said {'a' * 900} and {'b' * 200_000} went"
    found = windows(text, PIECES, 2 + 3 * WORD_PIECES)
    assert " ".join(shown(text, window) for window in found) == text
    assert sum(len(window.pieces) - 2 for window in found) < 3 * WORD_PIECES


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\u2028\t"])
def test_a_text_without_words_has_no_windows(text: str) -> None:
    assert windows(text, PIECES) == []


def test_a_window_is_framed_and_knows_the_first_piece_of_each_word() -> None:
    (window,) = windows("ab 7\nØ c", PIECES)
    ids = [PIECES([letter])[0][0] for letter in "a7c"]
    assert window.pieces[0] == PIECES.cls
    assert window.pieces[-1] == PIECES.sep
    assert window.first.tolist() == [1, 3, 4, 5]
    assert window.pieces[window.first].tolist() == [ids[0], ids[1], PIECES.unk, ids[2]]
    assert window.words.tolist() == [[0, 2], [3, 4], [5, 6], [7, 8]]


def test_a_word_that_the_normaliser_empties_is_unknown_but_there() -> None:
    (window,) = windows("a \u0301 b \x07", PIECES)
    assert window.pieces[window.first].tolist()[1::2] == [PIECES.unk, PIECES.unk]


def features(text: str) -> list[list[int]]:
    (window,) = windows(text, PIECES)
    return window.features[window.first].tolist()


def test_the_shapes_of_words() -> None:
    shapes = [shape for shape, _, _ in features("low Title UP A mIxed McLeod 4th , שלום")]
    named = [SHAPE_LOWER, SHAPE_TITLE, SHAPE_UPPER, SHAPE_TITLE, SHAPE_MIXED, SHAPE_MIXED, SHAPE_DIGIT, SHAPE_PUNCT]
    assert shapes == [*named, SHAPE_MIXED]


def test_what_stands_inside_quotation_marks() -> None:
    marks = [inside for _, inside, _ in features("He “did not” go")]
    assert marks == [QUOTE_OUTSIDE, QUOTE_MARK, QUOTE_INSIDE, QUOTE_INSIDE, QUOTE_MARK, QUOTE_OUTSIDE]


def test_only_the_first_piece_of_a_paragraph_begins_it() -> None:
    (window,) = windows("abc d\n\n“e” f", PIECES)
    assert window.features[:, 2].tolist() == [0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
    second = windows("Aaa bbb. Ccc ddd.", PIECES, 2 + 7)[1]
    assert second.features[:, 2].sum() == 0, "the middle of a paragraph begins none"


def test_units_are_packed_greedily() -> None:
    costs = np.array([3, 3, 3, 9, 1])
    assert pack([(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)], costs, 6) == [(0, 2), (2, 3), (3, 4), (4, 5)]
    assert pack([], costs, 6) == []


@settings(deadline=None, max_examples=60)
@given(
    text=st.lists(st.sampled_from(["said", "A.", "“", "\n", "b" * 40, "Øß"]) | st.text(max_size=5)).map(" ".join),
    limit=st.integers(2 + WORD_PIECES, 60),
)
def test_every_word_is_in_exactly_one_window_and_none_is_too_long(text: str, limit: int) -> None:
    found = windows(text, PIECES, limit)
    assert [tuple(word) for window in found for word in window.words.tolist()] == tokens(text)
    for window in found:
        assert 3 <= len(window.pieces) <= limit
        assert window.features.shape == (len(window.pieces), 3)
        assert not window.features[[0, -1]].any()
        assert window.first[0] == 1
        assert (np.diff(window.first) > 0).all()


def test_words_are_remembered_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Pieces.__call__.__globals__, "CACHE_WORDS", 3)  # "windows" is a function, too
    pieces = spelling()
    assert pieces(["a", "b"]) == pieces(["a", "b"])
    assert [len(ids) for ids in pieces(["cc", "ddd", "a", "cc"])] == [2, 3, 1, 2]
    assert [len(ids) for ids in pieces(["a", "b", "eeee", "ff", "g"])] == [1, 1, 4, 2, 1]
