"""The users file: a line for each user, their name and their password's hash.

    henna scrypt$16384$8$1$<salt>$<hash>

Passwords are hashed with scrypt (RFC 7914) at the cost that it names for logins: 16 MB and some 50 ms each. A file is
read anew at each login, so that it can be changed while the application runs.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from reportedly.errors import ServingError

_COST, _BLOCK, _PARALLEL = 16384, 8, 1
_MEMORY = 64_000_000  # bytes that OpenSSL may take; the cost needs 16 million
_LONGEST = 1024  # characters of a password; longer ones would only cost time
_NAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")

# What the password of somebody who is not in the file is compared with, so that no clock tells who is.
_NOBODYS = "scrypt$16384$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


def hashed(password: str) -> str:
    """A password as the file has it, with a salt of its own."""
    salt = os.urandom(16)
    found = _scrypt(password, salt, _COST, _BLOCK, _PARALLEL)
    return "$".join(["scrypt", str(_COST), str(_BLOCK), str(_PARALLEL), _text(salt), _text(found)])


def is_right(users: Path, name: str, password: str) -> bool:
    """Whether the file has this user with this password. Raises ServingError for a file that cannot be read."""
    known = read_users(users).get(name)
    right = _matches(password, known or _NOBODYS)
    return right and known is not None


def read_users(path: Path) -> dict[str, str]:
    """The names in a users file, with their hashes. Raises ServingError for one that is broken."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise ServingError(f"{path}: cannot be read ({error}); make it with `reportedly user {path} NAME`") from error
    users: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, hash_ = line.strip().partition(" ")
        if not _NAME.fullmatch(name) or not _parts(hash_):
            raise ServingError(f"{path}, line {number}: is not NAME HASH; write it with `reportedly user {path} NAME`")
        users[name] = hash_
    return users


def set_password(path: Path, name: str, password: str) -> None:
    """Write a user into the file, new or with a new password. Only its owner may read it."""
    if not _NAME.fullmatch(name):
        raise ServingError(f"{name!r:.80}: a user's name has letters, digits and . _ @ -, at most 64")
    users = read_users(path) if path.exists() else {}
    users[name] = hashed(password)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.writelines(f"{user} {hash_}\n" for user, hash_ in users.items())
        os.replace(fresh, path)
    except OSError as error:
        raise ServingError(f"{path}: cannot be written ({error.strerror}); check its folder") from error


def _matches(password: str, known: str) -> bool:
    parts = _parts(known)
    if parts is None or len(password) > _LONGEST:
        return False
    cost, block, parallel, salt, hash_ = parts
    return hmac.compare_digest(_scrypt(password, salt, cost, block, parallel), hash_)


def _parts(known: str) -> tuple[int, int, int, bytes, bytes] | None:
    """Cost, block size, parallelism, salt and hash; None for what is not a hash of ours."""
    kind, *rest = known.split("$")
    if kind != "scrypt" or len(rest) != 5:
        return None
    try:
        cost, block, parallel = (int(part) for part in rest[:3])
        salt, hash_ = (base64.b64decode(part, validate=True) for part in rest[3:])
    except ValueError:
        return None
    sane = 2 <= cost <= 1 << 20 and cost & (cost - 1) == 0 and 1 <= block <= 32 and 1 <= parallel <= 16
    return (cost, block, parallel, salt, hash_) if sane and 128 * cost * block < _MEMORY and hash_ else None


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
