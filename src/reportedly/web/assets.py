"""The files that pages need, held in memory under addresses that change with what is in them.

A request names one of these and nothing else: no part of it ever becomes a path on the disk. Browsers may keep them for
a year; modules import one another by relative address, so all share one digest, ``/static/<digest>/<name>``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from jinja2 import Environment
from starlette.responses import Response

from reportedly.web.highlight import highlights

_KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOR_A_YEAR = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages need: its bytes, and the content type under which it is sent."""

    data: bytes
    kind: str


class Assets:
    """All of them. ``environment`` finds the style that is shared with the self-contained page of ``export``."""

    def __init__(self, environment: Environment) -> None:
        found = {item.name: item.read_bytes() for item in files("reportedly.web").joinpath("static").iterdir()}
        shared = (environment.get_template(f"export/{name}").render() for name in ("tokens.css", "story.css"))
        found["base.css"] = "\n".join([*shared, found["base.css"].decode("utf-8")]).encode("utf-8")
        found |= {name: style.encode("ascii") for name, style in highlights()}
        self._assets = {
            name: Asset(data, _KINDS[name[name.rindex(".") :]])
            for name, data in found.items()
            if name.endswith(tuple(_KINDS))
        }
        digest = hashlib.sha256()
        for name, asset in sorted(self._assets.items()):
            digest.update(name.encode("utf-8") + b"\0" + asset.data + b"\0")
        self.digest = digest.hexdigest()[:12]

    def path(self, name: str) -> str:
        """The address of a file. Raises KeyError for one that is not there: a mistake in a template."""
        if name not in self._assets:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"

    def find(self, digest: str, name: str) -> Asset | None:
        """The file at an address."""
        return self._assets.get(name) if digest == self.digest else None


@router.api_route("/static/{digest}/{name}", methods=["GET", "HEAD"])
async def static(request: Request, digest: str, name: str) -> Response:
    """A file that pages need."""
    asset: Asset | None = request.app.state.assets.find(digest, name)
    if asset is None:
        raise HTTPException(404, "There is no such file.")
    return Response(asset.data, media_type=asset.kind, headers={"cache-control": _FOR_A_YEAR})
