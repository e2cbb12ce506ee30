import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest

from reportedly.audit import Finding, audit, select, shipped_rules
from reportedly.audit.catalogue import CHECKS
from reportedly.schema import Reading

from .build import plain, reading

EXAMPLES = tomllib.loads((Path(__file__).parent / "data" / "examples.toml").read_text("utf-8"))["example"]


def found(example: dict[str, Any]) -> tuple[Reading, tuple[Finding, ...]]:
    extra = {key: example[key] for key in ("blocks", "byline", "confidence") if key in example}
    built = reading(example["text"], example.get("said"), **extra)
    return built, audit(built, select(example["rule"]))


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e['rule']}-{k}" for k, e in enumerate(EXAMPLES)])
def test_examples(example: dict[str, Any]) -> None:
    built, findings = found(example)
    words = [built.article.text[slice(*finding.spans[0])] for finding in findings]
    assert words == example.get("finds", [])
    for finding in findings:
        assert finding.rule.id == example["rule"]
        assert finding.rule.origins
        assert finding.unseen
        assert "{" not in finding.message


@pytest.mark.parametrize("rule", [rule.id for rule in shipped_rules() if rule.id != "one-voice"])
def test_every_rule_has_a_failing_and_a_passing_example(rule: str) -> None:
    kinds = {bool(example.get("finds")) for example in EXAMPLES if example["rule"] == rule}
    assert kinds == {True, False}


def test_every_rule_has_its_check_and_back() -> None:
    assert {rule.id for rule in shipped_rules()} == set(CHECKS)


def test_addresses_are_web_addresses() -> None:
    for rule in shipped_rules():
        assert all(origin.address is None or origin.address.startswith("https://") for origin in rule.origins)


def one_voice(words: int) -> Reading:
    long = " ".join(["dredger"] * words)
    text = f"[[1s|Brek]] [[1u|said]] [[1c|{long}]]. " + " ".join(
        f"[[{n}s|Brek]] [[{n}u|said]] [[{n}c|it floats]]." for n in range(2, 6)
    )
    brek = {"name": "Ana Brek", "type": "person"}
    said = {str(n): brek for n in range(1, 6)}
    said["6"] = {"name": "Joss Orr", "type": "person"}
    return reading(text + " [[6s|Orr]] [[6u|said]] [[6c|no]].", said)


def test_one_voice_carries_a_long_article_only() -> None:
    (finding,) = audit(one_voice(120), select("one-voice"))
    assert "Ana Brek has 99 % of the 129 attributed words" in finding.message
    assert finding.statements == (1, 2, 3, 4, 5)
    assert audit(one_voice(20), select("one-voice")) == ()


def test_no_finding_rests_on_a_doubtful_statement() -> None:
    marked = "[[1s|Sources]] [[1u|claimed]] [[1c|Joss Orr took bribes]]."
    said = {"1": {"name": "sources", "type": "unnamed"}}
    sure = {finding.rule.id for finding in audit(reading(marked, said, confidence=0.9))}
    assert {"bare-source", "verify-word"} <= sure
    assert audit(reading(marked, said, confidence=0.49), select("-weak-lead")) == ()


def test_a_doubtful_reply_excuses() -> None:
    marked = "[[1s|Prosecutors]] [[1u|accused]] [[1c|Joss Orr of fraud]]. [[2s|Orr]] [[2u|said]] [[2c|no]]."
    said = {"1": {"name": "prosecutors", "type": "unnamed"}, "2": {"name": "Joss Orr", "type": "person"}}
    built = reading(marked, said)
    first, second = built.attributions
    doubtful = dataclasses.replace(built, attributions=(first, dataclasses.replace(second, confidence=0.1)))
    assert audit(doubtful, select("allegation-no-reply")) == ()


def test_findings_stand_in_the_order_of_the_text() -> None:
    built, _ = found(EXAMPLES[0])
    starts = [finding.spans[0][0] for finding in audit(built)]
    assert starts == sorted(starts)


def test_nothing_to_find_in_nothing() -> None:
    assert audit(plain("")) == ()
    assert audit(plain(" \n ")) == ()
