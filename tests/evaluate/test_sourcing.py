"""The sourcing measures: cases worked by hand, then the shared reference scorer to the last digit."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from reportedly.errors import SchemaError
from reportedly.evaluate.files import load
from reportedly.evaluate.sourcing import FIELDS, OVERLAPS, SHARES, Mismatch, SourcingScores, errors, score_sourcing
from reportedly.schema import Attribution, Carrier, Speaker, When

SHARED = Path(__file__).parents[3] / "shared"
REFERENCE = SHARED / "bench" / "score_sourcing.py"
GOLD = SHARED / "gold"

# 'Mayor Ada Okonjo told the Harbour Post on Monday the bridge may open if funds come. Two aides said it will not.'
ADA = Attribution(
    n=1,
    source=((0, 16),),
    cue=((17, 21),),
    content=((49, 83),),
    speaker=Speaker("Ada Okonjo", "person", "Mayor of Lowmoor"),
    via=(Carrier("Harbour Post", "outlet", (17, 38)),),
    conditions=((69, 83),),
    hedges=((60, 63),),
    stance="asserts",
    when=When((39, 48), "2031-04-07"),
)
AIDES = Attribution(
    n=2,
    source=((85, 94),),
    cue=((95, 99),),
    content=((100, 111),),
    speaker=Speaker("two aides", "unnamed", anonymous=True),
    stance="denies",
)
Documents = Mapping[str, Sequence[Attribution]]


def one(gold: list[Attribution], predicted: list[Attribution], floor: float = 0.5) -> SourcingScores:
    return score_sourcing({"a": gold}, {"a": predicted}, floor)


def named(item: Attribution, name: str | None, **fields: object) -> Attribution:
    return replace(item, speaker=replace(item.speaker, name=name, **fields))  # type: ignore[arg-type]


def wrong(field: str, gold: Attribution, predicted: Attribution) -> bool:
    return bool(errors({"a": [gold]}, {"a": [predicted]}, field))


def carrier(name: str, *, carried: bool = False) -> Carrier:
    return Carrier(name, "outlet", (17, 38), carried)


def test_gold_against_itself_is_perfect_in_any_order() -> None:
    scores = one([ADA, AIDES], [AIDES, ADA])
    assert tuple(scores.overlaps) == OVERLAPS
    assert tuple(scores.shares) == SHARES
    assert all(scores.overlaps[name].exact for name in OVERLAPS)
    assert {name: share.n for name, share in scores.shares.items()} == {
        **dict.fromkeys(("speaker", "type", "anonymous", "stance", "everything"), 2),
        **dict.fromkeys(("role", "chain", "when"), 1),
        "when unasked": 0,
    }
    assert all(share.wrong == 0 for share in scores.shares.values())
    assert scores.when_false == 0


def test_nothing_predicted_and_nothing_there() -> None:
    missed = one([ADA, AIDES], [])
    assert (missed.overlaps["found"].precision, missed.overlaps["found"].recall) == (None, 0.0)
    assert missed.overlaps["found"].f1 == 0.0
    assert missed.shares["speaker"].value is None
    assert missed.shares["everything"].value == 0.0
    empty = one([], [])
    assert (empty.overlaps["found"].f1, empty.shares["everything"].value) == (1.0, None)


def test_gold_decides_which_documents_count() -> None:
    scores = score_sourcing({"a": [ADA]}, {"b": [ADA]})
    assert (scores.documents, scores.overlaps["found"].n_pred) == (1, 0)


def test_found_asks_half_of_the_characters() -> None:
    # The content has 34 characters: 17 of them are half, 16 are not.
    assert one([ADA], [replace(ADA, content=((49, 66),))]).overlaps["found"].f1 == 1.0
    assert one([ADA], [replace(ADA, content=((49, 65),))]).overlaps["found"].f1 == 0.0
    assert one([ADA], [replace(ADA, content=())]).overlaps["found"].n_pred == 1


def test_of_two_predictions_the_one_with_the_source_wins() -> None:
    stranger = replace(named(ADA, "Someone"), n=9, source=((85, 94),))
    scores = one([ADA], [stranger, ADA])
    assert scores.shares["speaker"].value == 1.0
    assert (scores.overlaps["found"].precision, scores.overlaps["found"].recall) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        ("Ada Okonjo", "ADA OKONJO", True),
        ("Ada Okonjo", "Mayor Ada Okonjo", True),  # longer, and ends in gold's
        ("Ada Okonjo", "Okonjo", False),  # the fullest name is asked for
        ("Ada Okonjo", "Ada Okonjo Reyes", False),
        ("Ada B. Okonjo", "Ada Okonjo", True),
        ("José Núñez", "Sen. Jose Nunez’s", True),
        ("the Water Board", "Water Board", True),
        ("Ada Okonjo", None, False),
        (None, "Ada Okonjo", False),
        (None, None, True),
        ("K", "", True),  # no words on either side
    ],
)
def test_names(gold: str | None, predicted: str | None, right: bool) -> None:
    assert wrong("speaker", named(ADA, gold), named(ADA, predicted)) is not right


def test_descriptions_may_share_half_of_their_words() -> None:
    gold = named(AIDES, "two aides to the mayor")
    assert not wrong("speaker", gold, named(AIDES, "aides to mayor Okonjo"))  # 3 of 6: two aides to the mayor + Okonjo
    assert wrong("speaker", gold, named(AIDES, "aides close to mayor Okonjo"))  # 3 of 7
    assert wrong("speaker", named(gold, gold.speaker.name, type="person"), named(AIDES, "aides to mayor Okonjo"))


def test_type_anonymous_and_stance() -> None:
    assert wrong("type", ADA, named(ADA, "Ada Okonjo", type="group"))
    assert wrong("stance", ADA, replace(ADA, stance=None))
    assert wrong("anonymous", AIDES, named(AIDES, "two aides", anonymous=False))
    nobody = replace(AIDES, speaker=Speaker())
    assert one([nobody], [AIDES]).shares["anonymous"].n == 0


def test_half_of_the_roles_words_are_enough() -> None:
    # The role is "Mayor of Lowmoor": two of three words are half, one is not; no role of gold, no question.
    assert not wrong("role", ADA, named(ADA, "Ada Okonjo", role="Lowmoor mayor"))
    assert wrong("role", ADA, named(ADA, "Ada Okonjo", role="the mayor"))
    assert wrong("role", ADA, named(ADA, "Ada Okonjo", role=None))
    assert one([AIDES], [named(AIDES, "two aides", role="aides")]).shares["role"].n == 0


def test_via_counts_carriers_and_chain_asks_for_all_in_order() -> None:
    gold = replace(ADA, via=(carrier("Harbour Post"), carrier("Reuters")))
    turned = replace(ADA, via=(carrier("the Reuters agency"), carrier("Post")))
    scores = one([gold], [turned])
    assert (scores.overlaps["via"].f1, scores.shares["chain"].value) == (1.0, 0.0)
    short = one([gold], [replace(ADA, via=(carrier("Reuters"),))])
    assert (short.overlaps["via"].precision, short.overlaps["via"].recall) == (1.0, 0.5)
    assert short.shares["chain"].value == 0.0
    made_up = one([AIDES], [replace(AIDES, via=(carrier("Reuters"),))])
    assert (made_up.overlaps["via"].f1, made_up.shares["chain"].n) == (0.0, 0)
    assert made_up.shares["everything"].value == 0.0  # everything asks for the chain even where there is none


def test_a_carried_carrier_may_be_given_or_left_out() -> None:
    gold = replace(AIDES, via=(carrier("Harbour Post", carried=True),))
    left_out, given = one([gold], [AIDES]), one([gold], [gold])
    assert (left_out.overlaps["via"].n_gold, given.overlaps["via"].n_gold) == (0, 1)
    for scores in (left_out, given):
        assert (scores.overlaps["via"].f1, scores.shares["chain"].n) == (1.0, 0)
        assert scores.shares["everything"].value == 1.0
    other = one([gold], [replace(AIDES, via=(carrier("Reuters"),))])
    assert (other.overlaps["via"].f1, other.shares["everything"].value) == (0.0, 0.0)


def test_conditions_and_hedges_share_half_of_the_longer() -> None:
    # The condition has 14 characters.
    half, less = replace(ADA, conditions=((69, 76),)), replace(ADA, conditions=((69, 75),))
    assert not wrong("conditions", ADA, half)
    assert wrong("conditions", ADA, less)
    assert wrong("conditions", ADA, replace(ADA, conditions=(*ADA.conditions, (49, 52))))
    assert one([ADA], [less]).shares["everything"].value == 0.0
    unhedged = one([ADA], [replace(ADA, hedges=())])
    assert (unhedged.overlaps["hedges"].f1, unhedged.shares["everything"].value) == (0.0, 1.0)
    twice = one([replace(ADA, hedges=((60, 63), (60, 63)))], [ADA])
    assert (twice.overlaps["hedges"].both, twice.overlaps["hedges"].n_gold) == (1, 2)


def test_dates() -> None:
    when = When((39, 48), "2031-04-07")
    assert wrong("when", ADA, replace(ADA, when=None))
    assert wrong("when", ADA, replace(ADA, when=replace(when, date="2031-04")))
    assert not wrong("when", replace(ADA, when=replace(when, date=None)), replace(ADA, when=None))
    assert one([AIDES], [replace(AIDES, when=when)]).when_false == 1
    carried = replace(AIDES, when=replace(when, carried=True))
    given, left_out = one([carried], [replace(AIDES, when=when)]), one([carried], [AIDES])
    other = one([carried], [replace(AIDES, when=replace(when, date="2031"))])
    assert [(s.when_false, s.shares["when unasked"].n) for s in (given, left_out, other)] == [(0, 1), (0, 0), (1, 1)]
    assert all(s.shares["when"].n == 0 for s in (given, left_out, other))


def test_sourced_holds_each_side_to_its_own_statements() -> None:
    thought = replace(AIDES, stance="believes")
    sure, unsure = replace(ADA, confidence=0.8), replace(AIDES, confidence=0.4)
    scores = one([ADA, thought], [sure, unsure])
    assert scores.overlaps["sourced"].exact  # gold's belief and the unsure prediction are both left out
    bold = one([ADA, thought], [sure, unsure], floor=0.4).overlaps["sourced"]
    assert (bold.precision, bold.recall) == (0.5, 1.0)
    shy = one([ADA, AIDES], [sure, unsure], floor=0.9).overlaps["sourced"]
    assert (shy.precision, shy.recall, shy.n_gold) == (None, 0.0, 2)


def test_what_is_sourced() -> None:
    assert ADA.sourced()
    assert ADA.sourced(1.0)  # no confidence: sure
    assert replace(ADA, confidence=0.5).sourced()
    assert not replace(ADA, confidence=0.49).sourced()
    assert replace(ADA, confidence=0.1).sourced(0.1)
    assert {
        kind for kind in ("wants", "believes", "withholds", "asks", None) if replace(ADA, stance=kind).sourced()
    } == {
        "withholds",
        "asks",
        None,
    }
    assert not replace(ADA, speaker=Speaker("we", "author")).sourced()
    assert not replace(ADA, speaker=Speaker()).sourced()


def test_errors_name_document_number_and_both_values() -> None:
    other = replace(named(AIDES, None), n=7)
    found = errors({"b": [ADA], "a": [ADA, AIDES]}, {"a": [other, ADA], "b": [named(ADA, "Bob")]}, "speaker")
    assert found == [Mismatch("a", 2, "two aides", None), Mismatch("b", 1, "Ada Okonjo", "Bob")]
    assert errors({"a": [ADA]}, {"a": [replace(ADA, via=())]}, "via") == [Mismatch("a", 1, ("Harbour Post",), ())]
    assert errors({"a": [ADA]}, {}, "speaker") == []
    with pytest.raises(SchemaError, match="'found' is not judged; choose one of speaker, type"):
        errors({}, {}, "found")


# ------------------------------------------------------------------ against the reference


NAMES = (
    *("Ada Okonjo", "Okonjo", "Sen. Ada B. Okonjo", "the mayor's report", "a report", "K.", "critics", "aides"),
    *("two aides", "an aide to the mayor", "the Water Board", "Water Board of Lowmoor", "José Núñez"),
    *("Jose Nunez’s", "The Harbour Post", "Post", "Reuters"),
)
TYPES = ("person", "unnamed", "organisation", "outlet", "document", "group", "author", "unknown")
STANCES = ("asserts", "denies", "asks", "commits", "wants", "believes", "withholds")
DATES = ("2031-04-07", "2031-04", None)
LENGTH = 400

unclosed = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # the reference leaves its files open


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    if not REFERENCE.is_file():
        pytest.skip("the reference scorer lies outside this repository")
    spec = importlib.util.spec_from_file_location("score_sourcing", REFERENCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Inventor:
    """Attributions by chance: new ones, and ones that are nearly those that are given."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311

    def spans(self, most: int, width: int) -> tuple[tuple[int, int], ...]:
        starts = [self.chance.randrange(LENGTH) for _ in range(self.chance.randint(0, most))]
        return tuple((start, start + self.chance.randint(1, width)) for start in starts)

    def speaker(self) -> Speaker:
        name, role = (self.chance.choice([None, *NAMES]) for _ in range(2))
        return Speaker(name, self.chance.choice(TYPES), role, self.chance.random() < 0.3)  # type: ignore[arg-type]

    def via(self) -> tuple[Carrier, ...]:
        several = range(self.chance.choice([0, 0, 1, 1, 2, 3]))
        return tuple(carrier(self.chance.choice(NAMES), carried=self.chance.random() < 0.3) for _ in several)

    def when(self) -> When | None:
        if self.chance.random() < 0.4:
            return None
        return When((39, 48), self.chance.choice(DATES), self.chance.random() < 0.4)

    def attribution(self, n: int) -> Attribution:
        return Attribution(
            n=n,
            source=self.spans(1, 20),
            content=self.spans(2, 60),
            speaker=self.speaker(),
            via=self.via(),
            conditions=self.spans(2, 30),
            hedges=self.spans(2, 10),
            stance=self.chance.choice(STANCES),  # type: ignore[arg-type]
            when=self.when(),
        )

    def moved(self, spans: tuple[tuple[int, int], ...], most: int) -> tuple[tuple[int, int], ...]:
        kept = [span for span in spans if self.chance.random() < 0.9]
        return tuple((start, max(start + 1, end + self.chance.randint(-most, most))) for start, end in kept)

    def perturbed(self, item: Attribution) -> Attribution:
        other = self.attribution(item.n)
        fields = [name for name in ("speaker", "via", "stance", "when") if self.chance.random() < 0.25]
        name = item.speaker.name
        if name is not None and self.chance.random() < 0.3:
            name = self.chance.choice([f"Mr. {name}", f"the {name}", name.split(" ", 1)[-1], name.upper(), None])
        near = replace(
            named(item, name),
            content=self.moved(item.content, 20),
            conditions=self.moved(item.conditions, 12),
            hedges=self.moved(item.hedges, 4),
            via=item.via[::-1] if self.chance.random() < 0.2 else item.via,
        )
        return replace(near, **{field: getattr(other, field) for field in fields})

    def predictions(self, gold: Documents) -> dict[str, list[Attribution]]:
        predicted = {}
        for document, items in gold.items():
            kept = [self.perturbed(item) for item in items if self.chance.random() < 0.9]
            more = [self.attribution(len(items) + k) for k in range(self.chance.randint(0, 3))]
            predicted[document] = self.chance.sample(kept + more, len(kept + more))
        return predicted


class Reference:
    """The shared scorer, run as its users run it."""

    def __init__(self, module: ModuleType, folder: Path, gold: Documents, predicted: Documents) -> None:
        self.main = module.main
        self.files = (str(folder / "gold"), str(folder / "predicted.jsonl"))
        Path(self.files[0]).mkdir()
        for name, items in gold.items():
            (folder / "gold" / f"{name}.json").write_text(self.record(name, items), "utf-8")
        rows = [self.record(name, items) for name, items in predicted.items()]
        Path(self.files[1]).write_text("".join(f"{row}\n" for row in rows), "utf-8")

    @staticmethod
    def record(name: str, items: Sequence[Attribution]) -> str:
        return json.dumps({"id": name, "attributions": [dataclasses.asdict(item) for item in items]})

    def output(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str], *options: str) -> str:
        patch.setattr("sys.argv", ["score_sourcing.py", *self.files, *options])
        self.main()
        return capture.readouterr().out


def figures(scores: SourcingScores) -> dict[str, float]:
    """The scores in the names of the reference, which leaves out what it never asked."""
    found = scores.overlaps["found"]
    counts = {"articles": scores.documents, "gold": found.n_gold, "predicted": found.n_pred, "matched": found.both}
    shares = {name: share.value for name, share in scores.shares.items() if name != "when unasked"}
    if scores.shares["when unasked"].n:
        counts["when false"] = scores.when_false
    overlaps = {name: round(overlap.f1, 4) for name, overlap in scores.overlaps.items() if name != "sourced"}
    return {**counts, **overlaps, **{name: round(value, 4) for name, value in shares.items() if value is not None}}


def assert_same(
    reference: Reference,
    gold: Documents,
    predicted: Documents,
    patch: pytest.MonkeyPatch,
    capture: pytest.CaptureFixture[str],
) -> None:
    assert figures(score_sourcing(gold, predicted)) == json.loads(reference.output(patch, capture, "--json"))
    for field in FIELDS:
        if field in ("via", "when unasked"):  # the reference does not list these
            continue
        listed = re.findall(rf"^(.+)\[(\d+)\] {field}: gold", reference.output(patch, capture, "--errors", field), re.M)
        ours = [(error.document, str(error.n)) for error in errors(gold, predicted, field)]
        assert sorted(ours) == sorted(listed), field


@unclosed
@pytest.mark.parametrize("seed", range(12))
def test_same_as_the_reference_on_invented_attributions(
    reference: ModuleType,
    seed: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    inventor = Inventor(seed)
    gold = {f"d{k}": [inventor.attribution(n) for n in range(1, 1 + 3 * k)] for k in range(6)}
    predicted = inventor.predictions(gold)
    predicted.pop("d3")
    assert_same(Reference(reference, tmp_path, gold, predicted), gold, predicted, monkeypatch, capsys)


@unclosed
@pytest.mark.parametrize("folder", ["seed", "sourcing-dev"])
@pytest.mark.parametrize("seed", range(4))
def test_same_as_the_reference_on_gold(
    reference: ModuleType,
    folder: str,
    seed: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not (GOLD / folder).is_dir():
        pytest.skip("the gold lies outside this repository")
    gold = load(GOLD / folder, GOLD / folder).gold
    predicted = Inventor(seed).predictions(gold) if seed else gold
    assert_same(Reference(reference, tmp_path, gold, predicted), gold, predicted, monkeypatch, capsys)
