"""Long articles and texts made to hurt: time stays near to linear, and nothing fails."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.audit import audit, to_sarif
from reportedly.schema import Attribution, Reading, Speaker

from .build import plain

NAMES = (
    [f"a source {k} in the Harbour Board" for k in range(20)]
    + [f"Orr{k} Brek{k}" for k in range(20)]
    + ["residents"] * 20
)


def article(count: int) -> Reading:
    text, statements = [], []
    position = 0
    for n in range(1, count + 1):
        name = NAMES[n % len(NAMES)]
        kind = "unnamed" if "source" in name else "group" if name == "residents" else "person"
        parts = [name, " accused ", f"Uta{n} Kell of fraud with \u201cnine tons of dredged cement\u201d no{n}", ". "]
        spans = []
        for part in parts:
            spans.append((position, position + len(part)))
            position += len(part)
        text.extend(parts)
        if n % 4 == 0:
            text.append("\n\n")
            position += 2
        statements.append(
            Attribution(n, (spans[2],), (spans[0],), (spans[1],), speaker=Speaker(name, kind, None, kind == "unnamed"))
        )
    return plain("".join(text), *statements)


def seconds(built: Reading) -> float:
    began = time.process_time()
    audit(built)
    return time.process_time() - began


def test_a_thousand_statements_of_sixty_speakers() -> None:
    assert seconds(article(1000)) < 5


@pytest.mark.parametrize(
    "text",
    [
        "allegedly " * 50_000,
        "is " * 100_000,
        '"' * 100_000,
        "A" * 200_000,
        "Aa " * 60_000,
        "three " * 50_000,
        "three people " * 30_000,
        " " * 200_000 + "was",
        "said\n" * 50_000,
        ", " * 100_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_texts_made_to_hurt(text: str) -> None:
    end = len(text)
    statement = Attribution(1, ((0, end),), (), (), speaker=Speaker("Aa", "person"))
    assert seconds(plain(text)) < 5
    assert seconds(plain(text, statement)) < 5


def test_a_findings_flood_is_cut() -> None:
    findings = audit(plain("Brek allegedly slept.\n\n" * 3000))
    assert len(findings) == 500


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], sum(pair))), max_size=2)
STATEMENT = st.builds(
    Attribution,
    n=st.integers(1, 3),
    content=SPANS.map(tuple),
    source=SPANS.map(tuple),
    cue=SPANS.map(tuple),
    speaker=st.builds(
        Speaker,
        name=st.none() | st.sampled_from(["sources", "a Brek official", "Joss Orr", " ", "the other", "s"]),
        type=st.sampled_from(["person", "unnamed", "group", "organisation", "unknown"]),
        anonymous=st.booleans(),
    ),
    stance=st.none() | st.sampled_from(["asserts", "denies", "withholds", "believes"]),
)


@settings(max_examples=300, deadline=None)
@given(st.text('ab.\n "\u201c\u201d,;Bo', min_size=80, max_size=90), st.lists(STATEMENT, max_size=5))
def test_any_reading_is_audited(text: str, statements: list[Attribution]) -> None:
    built = plain(text, *statements)
    findings = audit(built)
    to_sarif([(built, findings)])
    for finding in findings:
        assert all(0 <= start < end <= len(text) for start, end in finding.spans)
