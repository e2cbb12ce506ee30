"""The command line: every format, every exit code, and input that nobody should have given it."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import reportedly
from reportedly import Reader, Reading, cli, pipeline
from reportedly.model.layout import LINKS, TAGS

EXAMPLES = Path(__file__).parent.parent / "examples" / "border-train"
GOLD = EXAMPLES.parent / "gold" / "border-train"
SENTENCE = "The mayor said that the harbour would close."
# A word that is long on the page and short for the model, which keeps tests of long texts short.
LONG = "harbour" * 20


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    def complaint(self) -> str:
        """The one line with which inputs were refused."""
        assert self.code == 1
        assert self.err.startswith("reportedly: ")
        assert self.err.count("\n") == 1
        return self.err

    def readings(self) -> list[Reading]:
        """What ``--jsonl`` printed."""
        return [Reading.from_json(line) for line in self.out.splitlines()]


Run = Callable[..., Outcome]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reader: Reader) -> Run:
    """The command line in this process; it takes the shared reader unless a model is named."""
    monkeypatch.setattr(pipeline, "Reader", lambda model, threads: Reader(model, threads) if model else reader)

    def run(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["reportedly", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Outcome(int(left.value.code or 0), out, err)

    return run


@pytest.fixture
def story(tmp_path: Path, report: str) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(report)
    return path


# --- read


def test_read_in_the_terminal(run: Run, story: Path) -> None:
    done = run("read", story)
    assert done.code == 0
    assert "Dalia Renholm" in done.out
    assert "the harbour would close for a week" in done.out
    assert done.err == ""
    assert "\x1b" not in done.out, "no colour where nobody sees it"


def test_no_color_is_heeded(run: Run, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in run("read", story).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("read", story).out


def test_read_as_lines_of_json(run: Run, story: Path) -> None:
    done = run("read", "--jsonl", story, EXAMPLES / "border-train-03-daybreak.html")
    assert [reading.article.path for reading in done.readings()] == [
        str(story),
        str(EXAMPLES / "border-train-03-daybreak.html"),
    ]
    assert all(reading.attributions for reading in done.readings())


def test_read_as_one_list_of_json(run: Run, story: Path) -> None:
    (record,) = json.loads(run("read", "--json", story).out)
    assert record["path"] == str(story)
    assert record["attributions"]


def test_read_as_a_page(run: Run, story: Path) -> None:
    page = run("read", "--html", story).out
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "Dalia Renholm" in page


def test_read_from_standard_input(run: Run) -> None:
    (reading,) = run("read", "--jsonl", "-", stdin=SENTENCE.encode()).readings()
    assert (reading.article.path, reading.article.text) == ("-", SENTENCE)
    assert "empty" in run("read", "-").complaint()


def test_sourced_leaves_out_what_no_source_is_sure_to_have_said(run: Run) -> None:
    name = EXAMPLES / "border-train-01-vasterholt-courier.txt"
    (whole,), (sourced,) = (run("read", "--jsonl", name, *more).readings() for more in ([], ["--sourced"]))
    assert sourced == whole.sourced()
    assert 0 < len(sourced.attributions) < len(whole.attributions)


def test_explain_says_what_a_statement_rests_on(run: Run, story: Path) -> None:
    done = run("read", "--explain", 1, story)
    assert done.code == 0
    for field in ("source", "cue", "content", "speaker", "stance", "confidence"):
        assert f"\n{field}" in done.out
    assert "–" in done.out


@pytest.mark.parametrize("number", [0, 999, -1])
def test_there_is_no_such_statement_to_explain(run: Run, story: Path, number: int) -> None:
    done = run("read", f"--explain={number}", story)
    assert done.code == 2
    assert f"there is no statement {number}" in " ".join(done.err.replace("│", " ").split())


def test_what_cannot_be_read_is_told_and_the_rest_is_read(run: Run, story: Path, tmp_path: Path) -> None:
    missing, empty = tmp_path / "none.txt", tmp_path / "empty"
    empty.mkdir()
    done = run("read", "--jsonl", missing, story, empty)
    assert done.code == 1
    assert [reading.article.path for reading in done.readings()] == [str(story)]
    told = done.err.splitlines()
    assert len(told) == 2
    assert told[0].startswith(f"reportedly: {missing}: there is no such file;")
    assert told[1].startswith(f"reportedly: {empty}: ")


def test_an_argument_is_never_taken_for_a_text(run: Run) -> None:
    assert "my story.txt: there is no such file" in run("read", "my story.txt").complaint()


def test_a_folder_without_weights(run: Run, story: Path, tmp_path: Path) -> None:
    assert "config.json" in run("read", "--model", tmp_path, story).complaint()


# --- audit


def test_audit_in_the_terminal(run: Run, story: Path) -> None:
    done = run("audit", story)
    assert done.code == 0
    assert str(story) in done.out.replace("\n", "")


def test_audit_by_some_rules(run: Run, story: Path) -> None:
    done = run("audit", "--rules", "one-voice,bare-source,-one-voice", "--json", story)
    assert done.code == 0
    assert {json.loads(line)["rule"] for line in done.out.splitlines()} <= {"bare-source"}
    assert "no rule is called 'bear-source'; did you mean 'bare-source'?" in (
        run("audit", "--rules", "bear-source", story).complaint()
    )


def test_audit_as_lines_of_json(run: Run) -> None:
    done = run("audit", "--json", *sorted(EXAMPLES.glob("*.txt")))
    found = [json.loads(line) for line in done.out.splitlines()]
    assert found
    assert all({"rule", "severity"} <= set(item) for item in found)


def test_audit_as_sarif(run: Run, story: Path) -> None:
    log = json.loads(run("audit", "--sarif", story).out)
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["tool"]["driver"]["version"] == reportedly.__version__


def test_a_house_that_is_not_there(run: Run, story: Path) -> None:
    assert "none.toml" in run("audit", "--house", "none.toml", story).complaint()


# --- evaluate


@pytest.fixture
def predicted(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "predicted.jsonl"
    path.write_text(run("read", "--jsonl", *sorted(GOLD.glob("*.txt"))).out)
    return path


def test_evaluate_on_gold(run: Run, predicted: Path) -> None:
    done = run("evaluate", GOLD, predicted)
    assert done.code == 0
    assert done.err == ""
    assert all(part in done.out for part in ("source", "cue", "content"))
    assert len(run("evaluate", "--brief", GOLD, predicted).out) < len(done.out)
    assert json.loads(run("evaluate", "--json", "--bootstrap", 20, GOLD, predicted).out)


def test_evaluate_without_predictions(run: Run, predicted: Path, tmp_path: Path) -> None:
    assert "none.jsonl: there is no such file" in run("evaluate", GOLD, tmp_path / "none.jsonl").complaint()
    one = tmp_path / "one.jsonl"
    one.write_text(predicted.read_text().splitlines()[0] + "\n")
    done = run("evaluate", GOLD, one)
    assert done.code == 0
    assert "1 document (border-train-02-port-sabel-tribune) not predicted" in done.err


def test_gold_is_not_what_it_should_be(run: Run, story: Path, predicted: Path) -> None:
    assert f"{story}:1: not JSON" in run("evaluate", story, predicted).complaint()


# --- the command itself


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"reportedly {reportedly.__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["audit", "--help"], ["evaluate", "--help"]])
def test_help(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.code == 0
    assert "Usage" in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["write"],
        ["read", "--loud", "story.txt"],
        ["read", "--json", "--html", "story.txt"],
        ["read", "--jsonl", "--explain", "1", "story.txt"],
        ["read", "--explain", "one", "story.txt"],
        ["read", "--threads", "0", "story.txt"],
        ["audit", "--json", "--sarif", "story.txt"],
        ["evaluate", "gold"],
    ],
)
def test_a_command_that_is_not_understood(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert "Error" in done.err


# --- input that nobody should have given it


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty: there is nothing to read in it"),
        (b" \r\n\t", "empty: there is nothing to read in it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "not text but a PNG image"),
        (bytes(range(256)) * 40, "binary, not text"),
        (bytes(5000), "binary, not text (5000 NUL bytes in the first 5000)"),
        (b"\xff" * 400 + b"\x81\x8d" * 400, "in an encoding that is not known"),
        (
            b"<html><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></body></html>",
            "no article text found",
        ),
        (b"<!doctype html><title>Story</title><script>var said = 1;</script>", "no article text found"),
    ],
)
@pytest.mark.parametrize("command", ["read", "audit"])
def test_no_text(run: Run, tmp_path: Path, command: str, data: bytes, complaint: str) -> None:
    path = tmp_path / "story"
    path.write_bytes(data)
    assert f"{path}: {complaint}" in run(command, path).complaint()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("marks.txt", ("\"“”„«»``''" * 300).encode()),
        ("unclosed.txt", ("“" * 3000 + SENTENCE).encode()),
        ("nul.txt", SENTENCE.encode() + b"\0 She said \0so."),
        ("damaged.txt", SENTENCE.encode() + "She said “no”.".encode()[:-2] + b"\xff\xfe and left."),
        ("latin.txt", "The mayor said caf\xe9s would close.".encode("latin-1")),
        ("controls.txt", b"\x1b[31m" + SENTENCE.encode() * 9 + b"\x1b]0;owned\x07"),
        ("nested.html", b"<html><body><article>" + b"<div>" * 20_000 + f"<p>{SENTENCE}</p>".encode() * 3),
        ("word.txt", b"a" * 200_000),
    ],
)
def test_odd_text_is_read(run: Run, tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for form in ([], ["--jsonl"], ["--html"]):
        done = run("read", *form, path)
        assert (done.code, done.err) == (0, "")
        assert "\x1b" not in done.out
    assert run("audit", path).code == 0


def test_another_language_is_read_or_refused_in_a_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "french.txt"
    path.write_text("Le maire a déclaré mardi que le port fermerait. « Nous partons », a-t-il dit à la radio.\n" * 9)
    done = run("read", path)
    assert done.code == 0 or "language" in done.complaint()


def test_a_paragraph_of_200_kb_without_a_stop(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(f"the mayor said the harbour would close and {LONG} " * 1_200)
    assert path.stat().st_size > 200_000
    began = time.process_time()
    (reading,) = run("read", "--jsonl", path).readings()
    assert reading.attributions
    assert time.process_time() - began < 60


class _Still:
    """A network that finds nothing, at once."""

    def run(self, _: object, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        words = len(inputs["first"])
        tags = np.zeros((words, sum(map(len, TAGS.values()))), np.float32)
        tags[:, 0] = 30  # nobody says anything
        return [tags, np.zeros((len(LINKS), words, words + 1), np.float32)]


def test_five_megabytes_of_text(run: Run, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The network's time is proportional to the words; what must be shown to be so is everything around it.
    monkeypatch.setattr(reader._attributor._encoder, "_session", _Still())
    path = tmp_path / "book.txt"
    path.write_text(
        f"“We stay,” he told them. {SENTENCE} " * 10 + "\n\n" * 2 + f"{SENTENCE} {LONG} " * 100 + "\n", "utf-8"
    )
    data = path.read_bytes()
    path.write_bytes(data * (5_000_000 // len(data)))
    began = time.process_time()
    (reading,) = run("read", "--jsonl", path).readings()
    assert len(reading.article.text) > 4_000_000
    assert time.process_time() - began < 60


def test_more_than_the_limit_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "library.txt"
    path.write_bytes(SENTENCE.encode() * 500_000)
    assert "is larger than 20 MB; split it" in run("read", path).complaint()


# --- in a process of its own


def command(*arguments: object, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "reportedly.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | environment,
    )


def test_a_pipe_gets_utf_8_without_colour_whatever_the_locale(story: Path) -> None:
    out, err = command("read", story, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0").communicate()
    assert "“" in out.decode("utf-8")
    assert b"\x1b" not in out
    assert err == b""


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = command("read", "--jsonl", *[EXAMPLES / "border-train-01-vasterholt-courier.txt"] * 20)
    assert process.stdout is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() in (0, 1)


def test_an_error_in_a_process_of_its_own(tmp_path: Path) -> None:
    process = command("read", "--model", tmp_path, "story.txt")
    out, err = process.communicate()
    assert process.returncode == 1
    assert out == b""
    assert err.startswith(b"reportedly: ")
    assert err.count(b"\n") == 1
