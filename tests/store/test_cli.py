"""``search``, ``show``, ``import`` and ``prune`` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.invented import by
from reportedly import Reading, cli
from reportedly.schema import Maker, article_id
from reportedly.store import Library
from tests.export.stories import EMPTY, HOSTILE, READING

Run = Callable[..., tuple[int, str, str]]
KEY = article_id(READING.article.text, READING.article.url)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reportedly", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(left.value.code or 0), out, err

    return run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Library(path) as library:
        for reading in (READING, HOSTILE, EMPTY):
            library.add(reading)
    return path


def test_what_is_found_is_shown_with_chain_words_and_place(run: Run, path: Path) -> None:
    assert run("search", path, "retreat", "OR", "tax") == (
        0,
        "2 statements\n"
        "\n"
        "  1  a senior official (anonymous) → Reuters (agency) → The Harbour Post\n"
        "     uncertain · quoted · denies · “told”\n"
        "     “We will not >>retreat<<,” a senior official told Reuters. “Not now.”\n"
        "     “Harbour tax to rise, minister says” · The Harbour Post · 2031-04-03\n"
        f"     {KEY}/s/136-201\n"
        "\n"
        "  2  Ada Okonjo, Finance Minister\n"
        "     paraphrased · promises or intends · “said” · on Thursday (2031-04-03) ·\n"
        "     condition “if parliament agreed”\n"
        "     that the harbour >>tax<< would rise if parliament agreed\n"
        "     “Harbour tax to rise, minister says” · The Harbour Post · 2031-04-03\n"
        f"     {KEY}/s/81-133\n",
        "",
    )


def test_a_page_of_results_and_its_counts(run: Run, path: Path) -> None:
    code, out, _ = run("search", path, "--outlet", "harbour post", "--limit", 2, "--page", 2)
    assert code == 0
    assert out.startswith("5 statements · 3 to 4 shown\n\n  3  ")
    assert "Stance: asserts 2 · believes 1 · commits 1 · denies 1" in out


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--speaker", "okonjo"], [1]),
        (["--type", "document"], [3]),
        (["--anonymous", "--outlet", "harbour"], [2]),
        (["--named", "--carrier", "reuters"], []),
        (["--since", "2031-04", "--until", "2031-04-30", "--stance", "denies"], [2]),
        (["--said-since", "2031", "--said-until", "2031"], [1]),
        (["--quotation", "direct"], [2]),
        (["--conditional", "--outlet", "post"], [1]),
        (["--hedged", "plan"], [4]),
        (["--unhedged", "plan"], [3]),
        (["--confidence", "0.9", "tax"], [1]),
        (["--any", "retreat", "tax"], [1, 2]),
        (["plan", "--without", "critics claim"], [4]),
        (["plan", "--sort", "date"], [3, 4]),
        (["nothing of the kind"], []),
    ],
)
def test_every_filter(run: Run, path: Path, arguments: list[str], found: list[int]) -> None:
    code, out, err = run("search", path, "--jsonl", *arguments)
    assert (code, err) == (0, "")
    assert sorted(json.loads(line)["statement"]["n"] for line in out.splitlines()) == found


def test_results_as_json(run: Run, path: Path) -> None:
    record = json.loads(run("search", path, "--json", "tax")[1])
    assert (record["total"], record["more"]) == (1, False)
    (hit,) = record["hits"]
    assert (hit["place"], hit["article"], hit["span"]) == (f"{KEY}/s/81-133", KEY, [81, 133])
    assert [hit["text"][a:b] for a, b in hit["marks"]] == ["tax"]
    assert hit["statement"] == json.loads(READING.to_json())["attributions"][0]
    assert {facet["field"] for facet in record["facets"]} >= {"speaker", "outlet", "carrier", "stance"}


def test_nothing_found_is_no_error(run: Run, path: Path) -> None:
    assert run("search", path, "zeppelin") == (0, "No statements found\n", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (['"harbour'], "quotation mark has no partner"),
        (["h*"], "at least 2 letters"),
        (["--since", "yesterday"], "a day is 2034-09-13"),
        (["--json", "--jsonl"], "choose one of"),
        (["--type", "minister"], "minister"),
        (["--confidence", "2"], "less than or equal to 1"),
    ],
)
def test_what_is_not_understood_is_told(run: Run, path: Path, arguments: list[str], told: str) -> None:
    code, out, err = run("search", path, *arguments)
    assert (code, out) == (2, "")
    assert told in " ".join(err.replace("│", " ").split())


def test_hostile_text_does_nothing_to_a_terminal(run: Run, path: Path) -> None:
    out = run("search", path, "--speaker", "script")[1]
    place = json.loads(run("search", path, "--jsonl", "--speaker", "script")[1])["place"]
    for arguments in ([place], [place.partition("/")[0]], ["--explain", 1, place.partition("/")[0]]):
        out += run("show", path, *arguments)[1]
    assert "loud" in out
    assert "\x1b" not in out
    assert "<script>alert(1)" not in run("show", path, "--html", place)[1]


@pytest.mark.parametrize("place", [KEY, KEY[:6], READING.article.id])
def test_an_article_as_read_prints_it(run: Run, path: Path, place: str) -> None:
    assert run("show", path, place)[1].startswith("Harbour tax to rise, minister says\nThe Harbour Post")
    assert Reading.from_json(run("show", path, "--jsonl", place)[1]) == READING
    assert json.loads(run("show", path, "--json", place)[1]) == [json.loads(READING.to_json())]
    assert run("show", path, "--html", place)[1].lower().startswith("<!doctype html>")
    assert run("show", path, "--explain", 2, place)[1].startswith("Statement 2 of “Harbour tax")


def test_a_statement_by_its_place(run: Run, path: Path) -> None:
    code, out, _ = run("show", path, f"{KEY}/s/136-201")
    assert code == 0
    assert out.startswith("Statement 2 of “Harbour tax")
    (item,) = json.loads(run("show", path, "--json", f"{KEY[:5]}/s/140-150")[1])[0]["attributions"]
    assert item["n"] == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["0000"], "there is no article '0000'"),
        ([f"{KEY}/s/5000-5001"], "no statement"),
        (["../../etc/passwd"], "there is no article"),
    ],
)
def test_what_is_not_there(run: Run, path: Path, arguments: list[str], told: str) -> None:
    code, out, err = run("show", path, *arguments)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert told in err


def test_without_an_id_what_the_library_holds(run: Run, path: Path) -> None:
    assert run("show", path) == (0, "3 articles from 0 sources\n", "")


@pytest.mark.parametrize("command", ["search", "show", "prune"])
def test_no_library_is_made_by_looking(run: Run, tmp_path: Path, command: str) -> None:
    code, _, err = run(command, tmp_path / "no.db")
    assert code == 1
    assert err.startswith(f"reportedly: {tmp_path}/no.db: there is no such library; ")
    assert not list(tmp_path.iterdir())


def test_import_is_lossless(run: Run, tmp_path: Path, some: list[Reading]) -> None:
    lines = [reading.to_json() for reading in [*some, READING, HOSTILE]]
    (tmp_path / "all.jsonl").write_text("\n".join([*lines, "", "no json", '{"id": 1}']), "utf-8")
    code, out, err = run("import", tmp_path / "news.db", tmp_path / "all.jsonl", tmp_path / "missing.jsonl")
    assert (code, out) == (1, "")
    assert "42 readings added, 0 there already, 3 failed" in err
    assert f"{tmp_path}/all.jsonl#44: not JSON" in err
    with Library(tmp_path / "news.db") as library:
        assert [reading.to_json() for reading in library.readings()] == lines
    code, _, err = run("import", tmp_path / "news.db", tmp_path / "all.jsonl")
    assert "0 readings added, 42 there already, 2 failed" in err


def test_prune(run: Run, path: Path) -> None:
    with Library(path) as library:
        library.add(by(Maker("newer", "m", "w"), READING, 2))
    assert run("prune", path) == (0, "1 older reading removed\n", "")
    assert run("prune", path) == (0, "0 older readings removed\n", "")


# What reading needs, and only reading; SQLAlchemy makes libraries, PostgreSQL's driver is for its URLs.
HEAVY = ("onnxruntime", "tokenizers", "numpy", "trafilatura", "lxml", "httpx2", "jinja2", "sqlalchemy", "psycopg")


@pytest.mark.parametrize("arguments", [["search", "{}", "tax"], ["show", "{}"], ["show", "{}", KEY], ["--help"]])
def test_a_search_loads_nothing_heavy(path: Path, arguments: list[str]) -> None:
    code = (
        "import sys, reportedly.cli\n"
        "try:\n    reportedly.cli.main()\n"
        "finally:\n    print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *(argument.format(path) for argument in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) & set(HEAVY) == set()
