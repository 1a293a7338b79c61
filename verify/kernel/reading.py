"""The ground that all checkers stand on: refusals, JSON from a file, text from outside. Nothing here decides.

Reading is one thing for all kinds because a file says only in its contents of which kind it is. Each checker reads
the contents for itself, by its own code.
"""

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = Any  # what ``json`` makes of a file: anything, until it has been looked at
BYTES = 4_000_000  # of a file


class Refused(Exception):
    """The certificate does not prove its statement; the message says where it fails."""


class Unreadable(Exception):
    """The file holds no certificate at all; the message says what it holds, or what kept it from being read."""


def need(condition: bool, reason: str) -> None:
    """Refuses where a condition does not hold. Written as a call, so that ``python -O`` keeps it."""
    if not condition:
        raise Refused(reason)


def shown(x: object, most: int = 200) -> str:
    """Text from outside on one line of printable ASCII, so that it can't pass for a line of this program."""
    text = "".join(c if " " <= c <= "~" else c.encode("unicode_escape").decode() for c in str(x)[: most + 1])
    return text if len(text) <= most else text[:most] + "..."


@dataclass
class Document:
    """The contents of a file, its length in bytes, and the first thing in it that JSON allows and a certificate does
    not: ``doubled``, a name that is there twice in one object; ``number``, the text of one that is not whole."""

    content: Json
    size: int
    doubled: bool = False
    number: str | None = None


def read(path: str) -> Document:
    """What is in a file; ``Unreadable`` for what is no JSON, nested too deeply, too large, or not there."""
    try:
        with open(path, "rb") as file:
            data = file.read(BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(str(error)) from None
    if len(data) > BYTES:
        raise Unreadable(f"the file has more than {BYTES} bytes")
    return parsed(data)


def parsed(data: bytes) -> Document:
    """What some bytes say. What JSON allows and a certificate does not is noted; it says more than a later fault."""
    found = Document(None, len(data))

    def table(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        out = dict(pairs)
        if len(out) < len(pairs) and found.number is None:
            found.doubled = True
        return out

    def no_number(text: str) -> None:
        if found.number is None and not found.doubled:
            found.number = text

    try:
        found.content = json.loads(
            data.decode(), object_pairs_hook=table, parse_float=no_number, parse_constant=no_number
        )
    except (ValueError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Unreadable(oddity(found) or why) from None
    return found


def oddity(document: Document) -> str | None:
    """What a document has that a certificate has not, as a sentence; None where there is no such thing."""
    if document.doubled:
        return "a name occurs twice in one object"
    if document.number is not None:
        return f"{document.number} is not a whole number; numbers of a certificate are texts such as '1/2'"
    return None
