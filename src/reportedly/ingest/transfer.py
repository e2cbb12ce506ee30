"""The body of an archived HTTP answer as it was before it was sent: without chunks, without packing.

Some archives keep a body as it was sent, others as it was received, with the old headers: a body that is not what
its headers say is left as it is. One that breaks off gives what there is.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping

from fastwarc.stream_io import BrotliReader, ZstdReader

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_PIECE = 1 << 16
_MOST_PACKINGS = 3  # of one body; servers use one


def unpacked(body: bytes, headers: Mapping[str, str], limit: int) -> bytes | None:
    """The body without what ``headers`` (names in lower case) say was done to it; None beyond ``limit`` bytes."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    packings = [name.strip() for name in headers.get("content-encoding", "").lower().split(",")]
    for packing in reversed(packings[:_MOST_PACKINGS]):
        content = _unpacked(body, packing, limit)
        if content is None:
            return None
        body = content
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a body, put together; the body itself where it is not in chunks."""
    chunks, at = [], 0
    while (size := _CHUNK.match(body, at)) is not None:
        length = int(size.group(1), 16)
        chunks.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
        if length == 0:
            break
    return b"".join(chunks) if chunks else body


def _unpacked(body: bytes, packing: str, limit: int) -> bytes | None:
    if packing in ("gzip", "x-gzip", "deflate"):
        return _inflated(body, limit)
    if packing in ("br", "zstd"):
        return _read(body, packing, limit)
    return body


def _inflated(body: bytes, limit: int) -> bytes | None:
    """The content of a gzip or deflate stream, which some servers send without its header."""
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        unpacker = zlib.decompressobj(bits)
        try:
            content = unpacker.decompress(body, limit + 1)
        except zlib.error:
            continue
        if content or unpacker.eof:
            return content if len(content) <= limit else None
    return body


def _read(body: bytes, packing: str, limit: int) -> bytes | None:
    file = io.BytesIO(body)
    reader = BrotliReader(file) if packing == "br" else ZstdReader(file)
    content = bytearray()
    try:
        while piece := reader.read(_PIECE):
            content += piece
            if len(content) > limit:
                return None
    except (OSError, ValueError):
        return bytes(content) or body
    return bytes(content) or body
