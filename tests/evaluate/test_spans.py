"""The span metrics: cases worked by hand, then the shared reference scorer to the last digit."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType

import pytest

from reportedly.errors import OffsetError
from reportedly.evaluate.spans import METRICS, Scores, matches, score
from reportedly.schema import Attribution, Span

SHARED = Path(__file__).parents[3] / "shared"
REFERENCE = SHARED / "bench" / "score_spans.py"
POLNEAR = SHARED / "polnear" / "dev"

TEXT = "Ann Lee said taxes will rise, and Bob said no."
ANN = Attribution(n=1, source=((0, 7),), cue=((8, 12),), content=((13, 28),))
BOB = Attribution(n=2, source=((34, 37),), cue=((38, 42),), content=((43, 45),))


def one(gold: list[Attribution], predicted: list[Attribution], text: str = TEXT) -> Scores:
    return score({"a": gold}, {"a": predicted}, {"a": text})


def change(item: Attribution, **roles: tuple[Span, ...]) -> Attribution:
    fields = {"n": item.n, "source": item.source, "cue": item.cue, "content": item.content}
    return Attribution(**{**fields, **roles})  # type: ignore[arg-type]


def test_gold_against_itself_is_perfect_in_any_order() -> None:
    scores = one([ANN, BOB], [BOB, ANN])
    measured = [scores[metric] for metric in METRICS if scores[metric].f1 is not None]
    assert len(measured) == len(METRICS) - 3  # nothing is quoted: the three "direct" figures are empty
    assert all(figure.f1 == 1.0 for figure in measured)
    assert scores.documents == 1


def test_nothing_predicted_and_nothing_there() -> None:
    missed = one([ANN, BOB], [])["attribution.relaxed"]
    assert (missed.precision, missed.recall, missed.f1, missed.n_pred, missed.n_gold) == (0.0, 0.0, 0.0, 0, 2)
    empty = one([], [])["attribution.relaxed"]
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)


def test_relaxed_asks_half_the_words_the_source_and_the_cue() -> None:
    # "taxes will" is two of three words: J = 2/3; "taxes" alone is 1/3.
    assert one([ANN], [change(ANN, content=((13, 23),))])["attribution.relaxed"].f1 == 1.0
    assert one([ANN], [change(ANN, content=((13, 18),))])["attribution.relaxed"].f1 == 0.0
    assert one([ANN], [change(ANN, source=((0, 3),))])["attribution.relaxed"].f1 == 1.0
    assert one([ANN], [change(ANN, source=())])["attribution.relaxed"].f1 == 0.0
    assert one([ANN], [change(ANN, cue=())])["attribution.relaxed"].f1 == 0.0
    assert one([ANN], [change(ANN, cue=())])["attribution.relaxed_nocue"].f1 == 1.0
    assert one([change(ANN, cue=())], [ANN])["attribution.relaxed"].f1 == 1.0


def test_strict_counts_punctuation_and_strict_words_does_not() -> None:
    wider = change(ANN, content=((13, 29),))
    scores = one([ANN], [wider])
    assert scores["attribution.strict"].f1 == 0.0
    assert scores["attribution.strict_words"].f1 == 1.0
    assert scores["content.partial"].precision == 3 / 4
    assert scores["content.partial"].recall == 1.0


def test_one_gold_is_matched_once() -> None:
    scores = one([ANN], [ANN, change(ANN, content=((13, 23),))])
    assert (scores["content.any"].precision, scores["content.any"].recall) == (0.5, 1.0)


def test_the_source_is_judged_among_found_contents() -> None:
    scores = one([ANN, BOB], [change(ANN, source=((34, 37),)), BOB])
    assert scores["source.given_content"].f1 == 0.5
    assert scores["source.given_content"].n_gold == 2


def test_direct_and_indirect_are_each_sides_own() -> None:
    text = 'Ann said "taxes will rise" now. Bob said no.'
    quotation = Attribution(n=1, source=((0, 3),), cue=((4, 8),), content=((9, 26),))
    plain = Attribution(n=2, source=((32, 35),), cue=((36, 40),), content=((41, 43),))
    scores = one([quotation, plain], [quotation], text)
    assert scores["attribution.relaxed.direct"].recall == 1.0
    assert scores["attribution.relaxed.indirect"].recall == 0.0
    assert (scores["attribution.relaxed.direct"].n_pred, scores["attribution.relaxed.indirect"].n_pred) == (1, 0)


def test_without_content_only_tokens_and_cues_count() -> None:
    scores = one([ANN], [change(ANN, content=())])
    assert scores["content.any"].n_pred == 0
    assert scores["cue.overlap"].f1 == 1.0
    assert scores["token.source"].f1 == 1.0


def test_gold_decides_which_documents_count() -> None:
    scores = score({"a": [ANN]}, {"b": [BOB]}, {"a": TEXT})
    assert scores.documents == 1
    assert (scores["content.any"].n_pred, scores["content.any"].n_gold) == (0, 1)


def test_a_span_outside_the_text_is_named() -> None:
    with pytest.raises(OffsetError, match=r"a: attribution 1: span \[13, 99\)"):
        one([ANN], [change(ANN, content=((13, 99),))])


def test_matches_gives_places_in_the_lists_as_they_were_given() -> None:
    empty = change(ANN, content=())
    assert matches(TEXT, [ANN, BOB], [empty, BOB, ANN]) == [(0, 2), (1, 1)]
    assert matches(TEXT, [ANN], [change(ANN, source=())]) == []
    assert matches(TEXT, [ANN], [change(ANN, source=())], "content.jaccard50") == [(0, 0)]


def test_the_interval_is_repeatable_and_holds_the_figure() -> None:
    gold, predicted = {str(k): [ANN, BOB] for k in range(8)}, {str(k): [ANN, BOB][: k % 3] for k in range(8)}
    texts = {str(k): TEXT for k in range(8)}
    first, again = (score(gold, predicted, texts, 50)["attribution.relaxed"] for _ in range(2))
    assert first == again
    assert first.interval is not None
    assert first.f1 is not None
    assert first.interval[0] <= first.f1 <= first.interval[1]
    assert score({}, {}, {}, 50)["attribution.relaxed"].interval is None


# ------------------------------------------------------------------ against the reference


Record = dict[str, list[list[int]]]
WORDS = "the mayor Ada Okonjo-Reyes said “ ” \" `` '' « » , . — don't 1,000 naïve 🙂 שלום _ if would rise\n".split(" ")  # noqa: SIM905


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    if not REFERENCE.is_file():
        pytest.skip("the reference scorer lies outside this repository")
    spec = importlib.util.spec_from_file_location("score_spans", REFERENCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def invented_text(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 120)))


def invented_record(chance: random.Random, length: int) -> Record:
    def spans(most: int, width: int) -> list[list[int]]:
        starts = [chance.randint(0, length) for _ in range(chance.randint(0, most))]
        return [[start, min(length, start + chance.randint(0, width))] for start in starts]

    return {"source": spans(2, 20), "cue": spans(2, 10), "content": spans(3, 80)}


def perturbed(chance: random.Random, record: Record, length: int) -> Record:
    def moved(span: list[int]) -> list[int]:
        start, end = (max(0, min(length, at + chance.randint(-12, 12))) for at in span)
        return [start, end] if start < end else span

    return {
        role: [
            moved(span) if chance.random() < 0.3 else span for span in record.get(role) or () if chance.random() < 0.9
        ]
        for role in ("source", "cue", "content")
    }


def as_attributions(records: list[Record]) -> list[Attribution]:
    roles = ("source", "cue", "content")
    return [
        Attribution(n=n, **{role: tuple((s, e) for s, e in record.get(role) or ()) for role in roles})  # type: ignore[arg-type]
        for n, record in enumerate(records, 1)
    ]


def assert_same(
    reference: ModuleType,
    gold: dict[str, list[Record]],
    predicted: dict[str, list[Record]],
    texts: dict[str, str],
    bootstrap: int,
) -> None:
    expected = reference.score_corpus(gold, predicted, texts, bootstrap)
    ours, theirs = ({name: as_attributions(items) for name, items in side.items()} for side in (gold, predicted))
    scores = score(ours, theirs, texts, bootstrap)
    assert list(METRICS) == list(reference.METRICS)
    for metric in METRICS:
        figure, wanted = scores[metric], expected[metric]
        got = (figure.precision, figure.recall, figure.f1, figure.n_pred, figure.n_gold, figure.interval)
        interval = tuple(wanted["f1_95"]) if bootstrap else None
        assert got == (*(wanted[key] for key in ("p", "r", "f1", "n_pred", "n_gold")), interval), metric


@pytest.mark.parametrize("seed", range(20))
def test_same_as_the_reference_on_invented_texts(reference: ModuleType, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    texts = {f"d{k}": invented_text(chance) for k in range(6)}
    gold = {d: [invented_record(chance, len(t)) for _ in range(chance.randint(0, 9))] for d, t in texts.items()}
    predicted = {
        d: [perturbed(chance, r, len(texts[d])) for r in records if chance.random() < 0.9]
        + [invented_record(chance, len(texts[d])) for _ in range(chance.randint(0, 3))]
        for d, records in gold.items()
        if chance.random() < 0.9
    }
    assert_same(reference, gold, predicted, texts, bootstrap=20)


def test_same_as_the_reference_on_polnear(reference: ModuleType) -> None:
    if not POLNEAR.is_dir():
        pytest.skip("PolNeAR lies outside this repository")
    records = [json.loads(line) for line in (POLNEAR / "gold.jsonl").read_bytes().splitlines()]
    gold = {record["doc"]: record["attributions"] for record in records}
    texts = {d: (POLNEAR / "text" / f"{d}.txt").read_bytes().decode() for d in gold}
    chance = random.Random(7)  # noqa: S311
    predicted = {
        d: [perturbed(chance, r, len(texts[d])) for r in items if chance.random() < 0.85] for d, items in gold.items()
    }
    assert_same(reference, gold, predicted, texts, bootstrap=40)
