"""Style sheets that light a statement wherever any part of it is pointed at, focused or linked to: without a script.

They hold a rule for each statement, and nothing of any article; so a few of them, for so many statements at most, do
for all pages, and stay with the browser.
"""

from __future__ import annotations

from collections.abc import Iterator

# Statements that each sheet is for. Of articles with more, those beyond are lit by the script alone.
STEPS = (16, 32, 64, 128, 256, 512)


def highlights() -> Iterator[tuple[str, str]]:
    """The sheets, with their names."""
    for most in STEPS:
        yield _name(most), _style(most)


def sheet_for(statements: int) -> str:
    """The name of the sheet for a page with so many statements."""
    return next((_name(most) for most in STEPS if statements <= most), _name(STEPS[-1]))


def _name(most: int) -> str:
    return f"light-{most}.css"


def _style(most: int) -> str:
    selectors = ",\n".join(
        f".story:has(.a1-{n}:is(:hover,:focus-within,:focus,:target)) .a1-{n}" for n in range(1, most + 1)
    )
    return f"@media screen {{\n{selectors}\n{{ background: var(--lit); }}\n}}\n"
