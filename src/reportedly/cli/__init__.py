"""The command line. Standard output is data, standard error is talk.

Exit codes: 0 all went well; 1 some inputs failed, each listed with its reason; 2 the command was not understood.

What a command needs is loaded when it runs: ``search`` answers before ``read`` would have loaded its model.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import reportedly
from reportedly.cli import library, people
from reportedly.cli.auditing import audit
from reportedly.cli.comparing import compare
from reportedly.cli.evaluating import evaluate
from reportedly.cli.exporting import export
from reportedly.cli.reading import read
from reportedly.cli.serving import serve, user
from reportedly.errors import ReportedlyError
from reportedly.export.words import harmless

app = typer.Typer(
    help="Reads news and accounts for every statement in it: who said it, through whom, on what condition, how sure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


for command in (
    read,
    audit,
    compare,
    evaluate,
    library.add,
    library.search,
    library.embed,
    library.show,
    export,
    library.prune,
    serve,
    user,
):
    app.command()(command)
app.command("import")(library.import_)
app.add_typer(people.app, name="speakers")


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        print(f"reportedly {reportedly.__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; errors of the user's are one line, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except ReportedlyError as error:
        print(f"reportedly: {harmless(str(error))}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone: not an error
        sys.stderr.close()
        sys.exit(1)
