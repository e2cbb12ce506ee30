import time
from pathlib import Path

import pytest

from reportedly.audit import Selection, audit, load_rules
from reportedly.audit.pattern import PatternError, bounded
from reportedly.errors import InputError, NotFoundError, NotTextError, TooLargeError

from .build import plain, reading

MARKED = (
    '[[1s|Joss Orr]] [[1u|slammed]] [[1c|the plan as "crazy talk"]]. '
    "[[2c|The dredger has]] [[2u,2h|reportedly]] [[2c|sunk]]."
)
SAID = {
    "1": {"name": "Joss Orr", "type": "person"},
    "2": {"type": "unknown", "anonymous": True},
}
HEAD = '[[rule]]\nid = "our-own"\ntitle = "Ours"\nmessage = "{words}, {speaker}"\n'


def rules(tmp_path: Path, text: str) -> Selection:
    file = tmp_path / "house.toml"
    file.write_text(text, "utf-8")
    return Selection(load_rules(file))


@pytest.mark.parametrize(
    ("when", "messages"),
    [
        ('in = "cue"\nwords = ["slam*"]', ["slammed, Joss Orr"]),
        ('words = ["crazy talk", "madness"]', ["crazy talk, Joss Orr"]),
        ("in = \"content\"\npattern = 'cra[yz]{1,3} t\\w{1,9}'", ["crazy talk, Joss Orr"]),
        ('in = "source"\nwords = ["Orr"]', ["Orr, Joss Orr"]),
        ('in = "text"\nwords = ["the"]', ["the, ", "The, "]),
        ('speaker = ["person"]', ["Joss Orr, Joss Orr"]),
        ('speaker = ["group"]', []),
        ('quotation = ["mixed"]', ["Joss Orr, Joss Orr"]),
        ("anonymous = true", ["reportedly, nobody named"]),
        ("hedged = true", ["reportedly, nobody named"]),
        ('missing = ["role", "name"]', ["reportedly, nobody named"]),
        ('stance = ["denies"]', []),
        ('in = "cue"\nwords = ["slam*"]\nspeaker = ["unnamed"]', []),
    ],
)
def test_conditions(tmp_path: Path, when: str, messages: list[str]) -> None:
    findings = audit(reading(MARKED, SAID), rules(tmp_path, f"{HEAD}[rule.when]\n{when}\n"))
    assert [finding.message for finding in findings] == messages


def test_what_a_rule_says_of_itself(tmp_path: Path) -> None:
    text = (
        HEAD + 'severity = "error"\norigin = "House style"\naddress = "https://style.invalid/4"\nunseen = "all else"\n'
    )
    (finding,) = audit(reading(MARKED, SAID), rules(tmp_path, text + "[rule.when]\nhedged = true\n"))
    assert (finding.severity, finding.unseen) == ("error", "all else")
    assert finding.rule.origins[0].address == "https://style.invalid/4"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "1 to 200"),
        ("rule = 3", "1 to 200"),
        ("[[rule]", "not TOML"),
        ("[[rule]]\n", "rule 1: id: a text belongs here"),
        ('[[rule]]\nid = "Our Own"\n', "rule 'Our Own': id: small letters"),
        (HEAD, "rule 'our-own': when"),
        (HEAD + "[rule.when]\n", "rule 'our-own': when: it asks for nothing"),
        (HEAD + 'severty = "note"\n', "severty: not known"),
        (HEAD + 'severity = "fatal"\n', "severity: 'fatal'"),
        (HEAD + '[rule.when]\nwords = ["a"]\nspeker = ["person"]\n', "speker: not known"),
        (HEAD + '[rule.when]\nspeaker = ["nobody"]\n', "speaker: 'nobody'"),
        (HEAD + '[rule.when]\nspeaker = "person"\n', "speaker: a list"),
        (HEAD + "[rule.when]\nspeaker = []\n", "speaker: the list is empty"),
        (HEAD + '[rule.when]\nin = "title"\nwords = ["a"]\n', "in: 'title'"),
        (HEAD + '[rule.when]\nin = "text"\nwords = ["a"]\nanonymous = true\n', 'in = "text"'),
        (HEAD + '[rule.when]\nin = "text"\n', "it asks for nothing"),
        (HEAD + '[rule.when]\nwords = [""]\n', "words: every one"),
        (HEAD + '[rule.when]\nwords = ["*"]\n', "words: every one"),
        (HEAD + "[rule.when]\nwords = [1]\n", "words: a list"),
        (HEAD + '[rule.when]\nwords = ["a"]\npattern = "b"\n', "exclude one another"),
        (HEAD + '[rule.when]\nanonymous = "yes"\n', "anonymous: true or false"),
        (HEAD + "[rule.when]\npattern = '(a+)+b'\n", "rule 'our-own': when: pattern: '+' has no bound"),
        (HEAD + "[rule.when]\npattern = '(a'\n", "not a regular expression"),
        (HEAD.replace("{words}", "{text}") + "[rule.when]\nhedged = true\n", "message: {text} is not known"),
        (HEAD.replace("our-own", "byline") + "[rule.when]\nhedged = true\n", "rule 'byline' exists already"),
        (2 * (HEAD + "[rule.when]\nhedged = true\n"), "rule 'our-own' exists already"),
    ],
)
def test_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        rules(tmp_path, text)
    assert reason in str(caught.value)
    assert str(tmp_path / "house.toml") in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        load_rules(tmp_path / "none.toml")
    with pytest.raises(InputError):
        load_rules(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9")
    with pytest.raises(NotTextError):
        load_rules(tmp_path / "latin.toml")
    (tmp_path / "long.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(TooLargeError):
        load_rules(str(tmp_path / "long.toml"))


UNBOUNDED = ["a*", "a+b", "a{3,}", "(a|aa){1,9}", "a**", "a{1,2}+", "a|" * 40 + r"\w{1,60}"]
TOO_MANY = [r"\w{0,50}\w{0,50}", "x" * 301]
UNREAD = ["(?=a)b", "(?!a)b", "(?<=a)b", "(?i)a", "(?P<x>a)b", r"(a)\1", "(?P=x)", r"\g<1>"]
INVALID = ["", "a?", "(", ")", "[", "\\"]


@pytest.mark.parametrize("pattern", [*UNBOUNDED, *TOO_MANY, *UNREAD, *INVALID])
def test_patterns_that_could_run_away_or_are_invalid_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        bounded(pattern)


@pytest.mark.parametrize(
    "pattern", [r"\bslam(?:s|med)\b", r"[+*{]x", r"\+\*", r"a{2}b{1,3}", "[^]a]b", r"\d{1,3} per cent"]
)
def test_bounded_patterns_are_read(pattern: str) -> None:
    assert bounded(pattern)


def test_the_slowest_pattern_that_is_read_stays_quick(tmp_path: Path) -> None:
    text = HEAD + "[rule.when]\nin = \"text\"\npattern = '[ab]{1,40}[ab]{1,40}c'\n"
    selection = rules(tmp_path, text)
    began = time.process_time()
    assert audit(plain("ab" * 20_000), selection) == ()
    assert time.process_time() - began < 5
