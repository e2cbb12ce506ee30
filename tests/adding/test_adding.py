"""Many inputs into a library, by processes that may die, in batches that may be broken off."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.adding import AddOptions, Progress, add_inputs
from reportedly.adding.batch import _stamp
from reportedly.errors import ModelError, ReportedlyError
from reportedly.ingest import Columns, Input
from reportedly.ingest.fetch import Fetcher, FetchOptions
from reportedly.pipeline import Reader, maker
from reportedly.schema import Failure, Maker
from reportedly.store import Library, Outcome, Query
from tests.ingest.fetch_site import Site, answer
from tests.ingest.test_page import PAGE

ROOT = Path(__file__).parents[2]
SENTENCE = "Harbour master {} said on Tuesday that berth {} would close for a week if the cranes failed."
OLDER = Maker("reportedly 0", "older", "0" * 16)


def write(folder: Path, number: int, first: int = 0) -> list[Path]:
    """So many reports, each different."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"report-{k:03}.txt" for k in range(first, first + number)]
    for k, path in enumerate(paths, first):
        path.write_text(SENTENCE.format(("Ada Holm", "Bela Ims", "Caro Jost")[k % 3], k))
    return paths


def add(library: Library, *inputs: object, **options: object) -> tuple[Progress, list[Failure]]:
    steps = list(add_inputs(library, [str(given) for given in inputs], AddOptions(**options)))  # type: ignore[arg-type]
    failures = [step for step in steps if isinstance(step, Failure)]
    progress = [step for step in steps if isinstance(step, Progress)]
    assert [step.finished for step in progress] == sorted(step.finished for step in progress)
    return progress[-1], failures


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "news.db") as library:
        yield library


def children() -> list[int]:
    return [process.pid or 0 for process in multiprocessing.active_children()]


def test_a_folder_is_read_once_and_again_only_where_it_changed(
    library: Library, tmp_path: Path, reader: Reader
) -> None:
    folder = tmp_path / "news"
    paths = write(folder, 5)
    (folder / "picture.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "rows.jsonl").write_text(
        "\n".join(json.dumps(row) for row in ({"text": SENTENCE.format("Okka", 7)}, {"text": ""}, {"text": SENTENCE}))
    )
    progress, failures = add(library, folder, tmp_path / "missing.txt", tmp_path / "*.doc", workers=2)
    assert progress == Progress(sources=8, finished=8, skipped=0, added=7, known=0)
    assert {Path(failure.path).name for failure in failures} == {"picture.pdf", "rows.jsonl#2", "missing.txt", "*.doc"}
    assert set(library.sources.failures()) == set(failures)
    assert library.get(reader.read(paths[0]).article.id) == reader.read(paths[0])
    assert library.search(Query("berth", conditional=True)).total >= 5

    paths[1].write_text(SENTENCE.format("Dunja Lund", 99))
    (folder / "picture.pdf").write_text(SENTENCE.format("Edda Moor", 98))
    progress, failures = add(library, folder, workers=1)
    assert progress == Progress(sources=2, finished=2, skipped=5, added=2, known=0)
    assert failures == []
    assert len(library) == 9
    assert {Path(failure.path).name for failure in library.sources.failures()} == {
        "rows.jsonl#2",
        "missing.txt",
        "*.doc",
    }


def test_the_same_article_twice_is_kept_once(library: Library, tmp_path: Path) -> None:
    (path,) = write(tmp_path / "a", 1)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(path.read_bytes())
    assert add(library, path, path, workers=1)[0].added == 1
    progress, _ = add(library, copy, tmp_path / "a" / ".." / "a", workers=1)
    assert progress == Progress(sources=1, finished=1, skipped=1, added=0, known=1)


def test_another_makers_work_is_done_again_where_that_is_asked(
    library: Library, tmp_path: Path, reader: Reader
) -> None:
    paths = write(tmp_path / "news", 2)
    for path in paths:
        library.add(replace(reader.read(path), maker=OLDER))
        library.sources.finish(_stamp(Input(str(path))), OLDER, Outcome(1, []))
    assert add(library, *paths)[0] == Progress(skipped=2)
    assert add(library, *paths, again=True)[0] == Progress(sources=2, finished=2, added=2)
    assert add(library, *paths, again=True)[0] == Progress(skipped=2)
    assert library.makers(reader.read(paths[0]).article.id) == (maker(), OLDER)


def test_columns_are_heeded(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"body": SENTENCE, "paper": "The Skerry Echo"}))
    add(library, path, columns=Columns(text="body", outlet="paper"))
    assert next(library.readings()).article.outlet == "The Skerry Echo"


def test_pages_are_fetched_by_one_for_all(library: Library, tmp_path: Path) -> None:
    with Site() as site, Fetcher(FetchOptions(allow_private=True, rate=1000)) as fetcher:
        site.routes["/ferry"] = answer(PAGE.encode())
        urls = [f"{site.url}/ferry", f"{site.url}/missing"]
        progress, (failure,) = add(library, *urls, *write(tmp_path / "news", 1), fetcher=fetcher, workers=2)
        assert (progress.added, failure.path) == (2, urls[1])
        assert "404" in failure.reason
        progress, _ = add(library, *urls, fetcher=fetcher)
        assert (progress.sources, progress.known, progress.skipped) == (2, 1, 0), "a page may have changed: it is asked"


def test_a_process_that_dies_takes_nothing_with_it(library: Library, tmp_path: Path) -> None:
    paths = write(tmp_path / "news", 24)
    inputs, failures, killed = [str(path) for path in paths], [], False
    for step in add_inputs(library, inputs, AddOptions(workers=2)):
        if isinstance(step, Failure):
            failures.append(step)
        elif step.added and not killed:
            os.kill(children()[0], signal.SIGKILL)
            killed = True
    assert len(library) + len(failures) == len(paths)
    assert len(failures) <= 1, "at most the one report that was alone with it"
    assert add(library, *paths)[0].skipped == len(paths) - len(failures)
    assert len(library) == len(paths)


def test_what_kills_its_process_is_named_and_the_others_go_on(library: Library, tmp_path: Path) -> None:
    paths = write(tmp_path / "news", 12)
    trap = tmp_path / "trap.txt"
    os.mkfifo(trap)  # nobody writes into it: whoever reads it waits
    over = threading.Event()
    killer = threading.Thread(target=_kill_whoever_reads, args=(trap, over))
    killer.start()
    try:
        progress, (failure,) = add(library, trap, *paths, workers=1)
    finally:
        over.set()
        killer.join()
    assert (progress.sources, progress.finished, progress.added) == (13, 13, 12)
    assert failure.path == str(trap)
    assert failure.reason == "the process that read it was killed (SIGKILL)"
    assert list(library.sources.failures()) == [failure]


def _kill_whoever_reads(trap: Path, over: threading.Event) -> None:
    """Kill the processes of the batch whenever one of them is at the trap."""
    while not over.wait(0.02):
        with contextlib.suppress(OSError):  # nobody is at the other end
            end = os.open(trap, os.O_WRONLY | os.O_NONBLOCK)
            for pid in children():
                os.kill(pid, signal.SIGKILL)
            os.close(end)


def test_without_a_model_nothing_begins(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        add(library, *write(tmp_path / "news", 1), model=tmp_path)


def test_a_process_that_cannot_begin_says_why(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "where", tmp_path / "gone.db")
    with pytest.raises(ReportedlyError, match="there is no such library"):
        add(library, *write(tmp_path / "news", 1))
    assert children() == []


def test_processes_that_die_before_they_begin_are_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportedly.adding.crew.work", os._exit)  # it is given a pipe, and so ends at once
    with pytest.raises(ReportedlyError, match=r"ended \(exit code 1\) before it began: try fewer workers"):
        add(library, *write(tmp_path / "news", 1))
    assert children() == []


# --- in a process of its own


def command(library: Path, *inputs: object, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "reportedly", "add", str(library), *map(str, inputs)],
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"},
        **options,  # type: ignore[call-overload]
    )


def _until_some(path: Path) -> None:
    """Wait until the library has an article."""
    for _ in range(600):
        if path.exists():
            try:
                with Library(path, create=False) as library:
                    if len(library):
                        return
            except ReportedlyError:  # it is being made
                pass
        time.sleep(0.05)
    raise AssertionError("nothing was added in half a minute")


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _until_gone(group: int) -> None:
    for _ in range(200):
        if not _is_alive(group):
            return
        time.sleep(0.05)
    raise AssertionError("a process outlived the batch")


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_a_batch_that_is_broken_off_is_gone_on_with(tmp_path: Path, way: signal.Signals) -> None:
    path, paths = tmp_path / "news.db", write(tmp_path / "news", 150)
    batch = command(path, "--workers", 2, tmp_path / "news", stderr=subprocess.PIPE)
    _until_some(path)
    if way is signal.SIGINT:
        os.killpg(batch.pid, way)  # as a terminal does: to all of them
    else:
        batch.kill()
    assert batch.stderr is not None
    with batch.stderr as stderr:
        told = stderr.read()
    code = batch.wait()
    _until_gone(batch.pid)
    if way is signal.SIGINT:
        assert (code, "Traceback" in told) == (130, False)
        assert "broken off" in told
        assert "the same command goes on" in told
    with Library(path) as library:
        there = len(library)
        assert 0 < there < len(paths)
        progress, failures = add(library, tmp_path / "news", workers=2)
        assert failures == []
        assert progress.added == len(paths) - there
        assert progress.skipped + progress.known + progress.added == len(paths)
        assert len(library) == len(paths)


def test_standard_input_is_read_by_the_process_that_has_none(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    batch = command(path, "-", *write(tmp_path / "news", 1), stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    _, told = batch.communicate(SENTENCE)
    assert (batch.returncode, told) == (0, "2 articles added\n")
    with Library(path, create=False) as library:
        assert {reading.article.path for reading in library.readings()} == {"-", str(tmp_path / "news/report-000.txt")}


def test_a_terminal_shows_how_it_goes(tmp_path: Path) -> None:
    write(tmp_path / "news", 3)
    ours, theirs = pty.openpty()
    batch = command(tmp_path / "news.db", tmp_path / "news", tmp_path / "missing.txt", stderr=theirs)
    os.close(theirs)
    told = b""
    try:
        while piece := os.read(ours, 4096):
            told += piece
    except OSError:  # Linux's way to say that a terminal's other end is closed
        pass
    os.close(ours)
    assert batch.wait() == 1
    shown = told.decode()
    assert "reading" in shown
    assert "3 articles added, 1 failed" in shown
    assert f"reportedly: {tmp_path}/missing.txt: there is no such file" in shown.replace("\r\n", "")
