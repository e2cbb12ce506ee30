from __future__ import annotations

from pathlib import Path

from .blocks import blocks, refreshed, run

PAGE = """Two lines, then many:

```console
$ printf 'one\\ntwo\\n'
one
zwei
$ seq 9
1
3
...
$ true
```

```python
words = ["a", "b"]
```

```python
print(*words)
```

```output
a ...
```
"""


def complaints(page: str, folder: Path) -> list[str]:
    return [complaint for outcome in run(page, folder) for complaint in outcome.complaints()]


def test_output_that_is_not_true_is_told_and_mended(tmp_path: Path) -> None:
    assert len(complaints(PAGE, tmp_path)) == 1
    mended = refreshed(PAGE, run(PAGE, tmp_path))
    assert mended == PAGE.replace("zwei", "two").replace("1\n3\n...", "1\n2\n...")
    assert complaints(mended, tmp_path) == []


def test_a_command_may_fail_only_where_the_page_says_so(tmp_path: Path) -> None:
    page = "```console\n$ echo a; (exit 3)\nb\n```\n"
    assert "exit code 3" in complaints(page, tmp_path)[0]
    assert refreshed(page, run(page, tmp_path)) == page
    assert complaints("```console\n$ (exit 3)\n$ echo $?\n3\n```\n", tmp_path) == []


def test_samples_are_refreshed_but_not_compared(tmp_path: Path) -> None:
    page = "<!-- sample -->\n```console\n$ echo 0.93\n0.92\n```\n"
    assert complaints(page, tmp_path) == []
    assert refreshed(page, run(page, tmp_path)) == page.replace("0.92", "0.93")


def test_what_is_not_run_is_left_alone(tmp_path: Path) -> None:
    assert run("<!-- not run -->\n```console\n$ exit 1\n```\n", tmp_path) == []


def test_commands_go_on_in_further_lines(tmp_path: Path) -> None:
    assert complaints("```console\n$ echo a \\\n    b\na b\n```\n", tmp_path) == []
    assert complaints("```console\n$ echo 'a\n> b'\na\nb\n```\n", tmp_path) == []


def test_untagged_blocks_hide_nothing() -> None:
    page = "```\n$ no\n```\n\n```console\n$ yes\n```\n"
    assert [(block.language, block.body) for block in blocks(page)] == [("", "$ no\n"), ("console", "$ yes\n")]
