"""The code blocks of the documentation: found, run, compared with what they show, and refreshed.

A ``console`` block is a session in bash: lines that begin with "$ " are commands, which go on in lines that begin
with "> " or after a backslash; what follows is their output. A ``python`` block is plain code; an ``output`` block
right after it is what it prints. Blocks of one page share their Python names. The working directory is a stand-in for
the checkout, where new files do no harm.

* Output that is not shown is not compared. In shown output ``...`` stands for anything, as in doctest.
* Every command must succeed; one that is meant to fail is followed by ``$ echo $?``.
* ``<!-- not run -->`` before a block: it is left alone. For installation only.
* ``<!-- sample -->`` before a block: its output hangs on the weights and the processor. It must run, and is
  refreshed, but is not compared.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# A line of its own after every command, with the exit code.
END = "---- end of output, exit code"
# No command of the documentation takes ten seconds on an idle machine; others may be at work on this one.
LONGEST_SECONDS = 600
# The width to which output is wrapped: what a page shows without scrolling.
COLUMNS = 90

_FENCE = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]*?) -->\n+)?```(?P<language>[\w-]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_COMMAND = re.compile(r"^\$ (?P<command>.*(?:\n> .*|(?<=\\)\n.*)*)\n", re.MULTILINE)
_CHECKER = doctest.OutputChecker()


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the comment before it, its body and where in the page that stands."""

    language: str
    mark: str
    body: str
    start: int
    end: int

    @property
    def sample(self) -> bool:
        return self.mark == "sample"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A block that shows output, with the body that it has in truth, and what failed in running it."""

    block: Block
    true: str
    failures: tuple[str, ...] = ()

    def complaints(self) -> Iterator[str]:
        """What is wrong with the block, in words."""
        yield from self.failures
        if not self.failures and not self.block.sample and not alike(self.block.body, self.true):
            yield f"it shows\n{self.block.body}but the truth is\n{self.true}"

    @property
    def fresh(self) -> str:
        """The body as it should be: as it is where that is true or failed, else the truth, as far as it was shown."""
        if self.failures or alike(self.block.body, self.true):
            return self.block.body
        return (_refreshed if self.block.language == "console" else _cut)(self.block.body, self.true)


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page of Markdown, in order."""
    return [Block(m["language"], m["mark"] or "", m["body"], *m.span("body")) for m in _FENCE.finditer(page)]


def outside_blocks(page: str) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", page)


def run(page: str, folder: Path, name: str = "page") -> list[Outcome]:
    """Run the blocks of a page in a folder; ``name`` stands in tracebacks."""
    names: dict[str, Any] = {"__name__": "__main__"}
    found, outcomes = blocks(page), []
    for block, after in zip(found, [*found[1:], None], strict=False):
        if block.mark == "not run":
            continue
        if block.language == "console":
            outcomes.append(_console(block, folder))
        elif block.language == "python":
            line = page.count("\n", 0, block.start)
            printed = _python("\n" * line + block.body, names, folder, name)
            if after is not None and after.language == "output":
                outcomes.append(Outcome(after, printed))
    return outcomes


def refreshed(page: str, outcomes: Sequence[Outcome]) -> str:
    """The page with the output of its blocks as it is."""
    for outcome in sorted(outcomes, key=lambda outcome: -outcome.block.start):
        page = page[: outcome.block.start] + outcome.fresh + page[outcome.block.end :]
    return page


def line_of(page: str, block: Block) -> int:
    """The line, from 1, on which a block's body begins."""
    return page.count("\n", 0, block.start) + 1


def alike(shown: str, true: str) -> bool:
    """Whether output is as shown, ``...`` standing for anything."""
    return _CHECKER.check_output(shown, true, doctest.ELLIPSIS)


def _python(code: str, names: dict[str, Any], folder: Path, name: str) -> str:
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        exec(compile(code, name, "exec"), names)  # noqa: S102 - the documentation's own code
    return printed.getvalue()


@dataclass(frozen=True, slots=True)
class _Step:
    """A command of a console block, as it is shown, and the output shown after it."""

    command: str
    shown: str

    @property
    def line(self) -> str:
        """The command as bash takes it."""
        return self.command.replace("\n> ", "\n")


def _steps(body: str) -> list[_Step]:
    commands = list(_COMMAND.finditer(body))
    ends = [match.start() for match in commands[1:]] + [len(body)]
    return [_Step(match["command"], body[match.end() : end]) for match, end in zip(commands, ends, strict=True)]


def _console(block: Block, folder: Path) -> Outcome:
    steps = _steps(block.body)
    results = _in_bash([step.line for step in steps], folder)
    following = [step.command for step in steps[1:]] + [""]
    failures = tuple(
        f"$ {step.command}\nexit code {code}:\n{output}"
        for step, (output, code), after in zip(steps, results, following, strict=True)
        if code and after != "echo $?"
    )
    pairs = zip(steps, results, strict=True)
    true = "".join(f"$ {step.command}\n{output if step.shown else ''}" for step, (output, _) in pairs)
    return Outcome(block, true, failures)


def _in_bash(commands: Sequence[str], folder: Path) -> list[tuple[str, int]]:
    """What each command prints (both streams, without space at line ends), and its exit code."""
    script = "".join(f"{command}\n__code=$?; echo '{END}' $__code; (exit $__code)\n" for command in commands)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=LONGEST_SECONDS,
        check=False,
    )
    parts = re.split(rf"{END} (\d+)\n", done.stdout)
    tidy = [re.sub(r"[^\S\n]+$", "", output, flags=re.MULTILINE) for output in parts[:-1:2]]
    return list(zip(tidy, map(int, parts[1::2]), strict=True))


def environment() -> dict[str, str]:
    """This process's environment, with its own programs first, and everything that shapes output fixed."""
    # Not resolved: a virtual environment's python is a link out of it.
    programs = str(Path(sys.executable).parent)
    fixed = {"COLUMNS": str(COLUMNS), "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    path = os.pathsep.join(filter(None, [programs, os.environ.get("PATH")]))
    return {**os.environ, **fixed, "PATH": path}


def _refreshed(body: str, true: str) -> str:
    """The true console body, each output cut as the page cuts it."""
    pairs = zip(_steps(body), _steps(true), strict=True)
    return "".join(f"$ {old.command}\n{_cut(old.shown, new.shown)}" for old, new in pairs)


def _cut(shown: str, output: str) -> str:
    """The output, cut where the page cuts it with a last line of ``...``."""
    *kept, last = shown.splitlines() or [""]
    lines = output.splitlines(keepends=True)
    if last != "..." or len(lines) <= len(kept):
        return output
    return "".join([*lines[: len(kept)], "...\n"])
