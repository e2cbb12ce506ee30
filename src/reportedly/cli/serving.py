"""``reportedly serve`` and ``reportedly user``: the web application over a library, and who may use it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.common import AllowPrivate, Model, Offline
from reportedly.cli.library import Where
from reportedly.errors import ServingError


def serve(
    library: Where,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine need more.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8040,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A host name under which it is reached; may be repeated.")
    ] = None,
    token: Annotated[
        str | None, typer.Option(envvar="REPORTEDLY_TOKEN", help="Let in who has this; better in the environment.")
    ] = None,
    users: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Let in whom `reportedly user FILE NAME` wrote there.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(metavar="FILE", help="The certificate for TLS (PEM).")] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Its key (PEM).")] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Serve others without TLS: only behind something that has it.")
    ] = False,
    audit_log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write changes and refusals here; by default to standard error.")
    ] = None,
    offline: Offline = False,
    allow_private: AllowPrivate = False,
    model: Model = None,
) -> None:
    """Read, follow and compare a library in the browser; it is made where there is none."""
    try:
        from reportedly.web import Settings
        from reportedly.web import serve as serve_web
    except ModuleNotFoundError as error:
        raise ServingError(f"serving needs more ({error.name} is missing): pip install 'reportedly[web]'") from error
    settings = Settings(
        library=library,
        host=host,
        port=port,
        names=tuple(name or ()),
        token=token,
        users=users,
        certificate=certificate,
        key=key,
        insecure=insecure,
        offline=offline,
        allow_private=allow_private,
        audit_log=audit_log,
        model=model,
    )
    settings.check()
    scheme = "https" if settings.is_encrypted else "http"
    shown = f"[{host}]" if ":" in host else host
    print(f"reportedly: {scheme}://{shown}:{port}/ (Ctrl-C ends it)", file=sys.stderr)
    serve_web(settings)


def user(
    users: Annotated[Path, typer.Argument(metavar="FILE", help="The users file; it is made where there is none.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The user: letters, digits and . _ @ -")],
) -> None:
    """Write a user and the hash of their password, which is asked for, into a users file."""
    from reportedly.web.guard.passwords import set_password

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    set_password(users, name, password)
    print(f"reportedly: {users}: {name} may log in", file=sys.stderr)
