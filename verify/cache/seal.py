"""The seal of this machine: a keyed hash (HMAC; Krawczyk, Bellare and Canetti 1997) of what it found out itself.

The key is in the user's own folder of state and in no project: a cache that came with a project, from another machine
or from anybody who can write into `.verify` has no seal, or none that holds. Whoever can read the key can change the
verifier too.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import stat
from pathlib import Path

from verify.cache.texts import dump, loads
from verify.runtime import files
from verify.runtime.errors import BadInput

LENGTH = 32  # bytes of the key: as many as the hash has


def key_file() -> Path | None:
    """Where the key is: below ``$XDG_STATE_HOME``, by default ``~/.local/state``; None for a user without a home."""
    folder = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(folder):  # as the specification of these folders has it
        home = os.path.expanduser("~")
        if not os.path.isabs(home):
            return None
        folder = os.path.join(home, ".local", "state")
    return Path(folder) / "verify" / "seal.key"


def seal(text: str) -> str:
    """The seal of a text; empty where there is no key and none can be made."""
    key = _key() or _new_key()
    return _of(key, text) if key else ""


def holds(made: str, text: str) -> bool:
    """Whether this is the seal of a text, made with the key of this user on this machine."""
    key = _key()
    return bool(key) and made.isascii() and hmac.compare_digest(_of(key, text), made)


def closed(kind: str, state: str, text: str) -> str:
    """A text with the seal of this machine, for a kind of entry and the state that it is of; empty without a key."""
    made = seal(bound(kind, state, text))
    return dump({"text": text, "seal": made}) if made else ""


def opened(kind: str, state: str, body: str) -> str | None:
    """The text of what ``closed`` made; None where the seal does not hold, or is of another kind or state."""
    kept = loads(body)
    if not isinstance(kept, dict) or not all(isinstance(kept.get(part), str) for part in ("text", "seal")):
        return None
    text: str = kept["text"]
    return text if holds(kept["seal"], bound(kind, state, text)) else None


def bound(kind: str, state: str, text: str) -> str:
    """What is sealed: the text, with what it is and what it is of."""
    return f"{kind} {state}\n{text}"


def _of(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def _new_key() -> bytes:
    path = key_file()
    if path is not None:
        with contextlib.suppress(BadInput):
            files.write_once(path, secrets.token_bytes(LENGTH))
    return _key()


def _key() -> bytes:
    """The key; empty where there is none, or one that somebody else may have written or read."""
    path = key_file()
    if path is None:
        return b""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            found = os.fstat(handle)
            own = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
            key = os.read(handle, LENGTH + 1) if own else b""
        finally:
            os.close(handle)
    except OSError:
        return b""
    return key if len(key) == LENGTH else b""
