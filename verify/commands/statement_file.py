"""Files of statements for ``verify prove --file``: read whole, and refused as a whole, before anything is proved.

``.txt``     a line is ``statement ; assumption ; assumption``, and ``#`` begins a comment: neither sign is part of the
             language, so that nothing has to be quoted
``.jsonl``   a line is ``{"statement": ..., "assume": [...], "id": ..., "expected": ...}``
``.toml``    the same in tables ``[[statements]]``
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verify.runtime.errors import BadInput
from verify.spaces.many import Conjecture, require_readable

EXPECTED = ("proved", "refuted", "inconclusive")
MEANT = ("statement", "assume", "id", "expected")
# What may stand beside, for people: it says nothing about what is asked.
REMARKS = ("comment", "note", "source", "tags", "title", "topic", "why", "witness")
LARGEST = 2**26  # bytes of a file


def conjectures(path: Path) -> list[Conjecture]:
    """The statements of a file, in order; ``BadInput`` for the first place that is not one, with the place."""
    kinds = {".txt": _of_text, ".jsonl": _of_lines, ".toml": _of_tables}
    if path.suffix not in kinds:
        raise BadInput(f"{path} is no file of statements", f"its name ends in {', '.join(kinds)}")
    found: list[Conjecture] = []
    ids: dict[str, str] = {}
    for place, one in kinds[path.suffix](path, _text(path)):
        if one.id in ids:
            raise BadInput(
                f"{path}, {place}: the id {one.id} stands at {ids[one.id]} too", "give each its own, or none"
            )
        ids[one.id] = place
        try:
            require_readable(one)
        except BadInput as error:
            raise _placed(f"{path}, {place}", error) from None
        found.append(one)
    if not found:
        raise BadInput(f"{path} has no statements", "write one a line, as in x^2 >= 0")
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path} is larger than {LARGEST // 2**20} MB", "split it")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"cannot read {path}: {error.strerror}", "give a file that exists and may be read") from None
    except UnicodeDecodeError as error:
        what = f"{path} is not UTF-8: byte {error.start} has no meaning"
        raise BadInput(what, "save it as UTF-8") from None


def _said(error: Exception) -> str:
    return "a number has too many digits" if "set_int_max_str_digits" in str(error) else str(error)


def _of_text(path: Path, text: str) -> Iterator[tuple[str, Conjecture]]:
    for number, line in enumerate(text.split("\n"), start=1):
        statement, *assumptions = (part.strip() for part in line.partition("#")[0].rstrip("\r").split(";"))
        if statement or assumptions:
            place = f"line {number}"
            if not statement:
                raise BadInput(f"{path}, {place}: there is no statement before the ';'", "statement ; assumption")
            if "" in assumptions:
                raise BadInput(f"{path}, {place}: nothing stands behind a ';'", "write an assumption, or leave it out")
            yield place, Conjecture(statement, tuple(assumptions), str(number))


def _of_lines(path: Path, text: str) -> Iterator[tuple[str, Conjecture]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"line {number}"
            try:
                data = json.loads(line, object_pairs_hook=_once)
            except (ValueError, RecursionError) as error:
                hint = 'as in {"statement": "x > 0", "assume": ["x > 1"]}'
                raise BadInput(f"{path}, {place}: this is not JSON: {_said(error)}", hint) from None
            yield place, _entry(f"{path}, {place}", data, str(number))


def _of_tables(path: Path, text: str) -> Iterator[tuple[str, Conjecture]]:
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also for whole numbers of thousands of digits
        raise BadInput(
            f"{path}: this is not TOML: {_said(error)}", 'as in [[statements]] and statement = "x > 0"'
        ) from None
    tables = data.pop("statements", [])
    if data or not isinstance(tables, list):
        said = f"has {', '.join(map(repr, sorted(data)))}" if data else "has one table"
        raise BadInput(f"{path} {said}", "it holds tables [[statements]] and nothing else")
    for number, table in enumerate(tables, start=1):
        place = f"table {number}"
        yield place, _entry(f"{path}, {place}", table, str(number))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _entry(where: str, data: Any, number: str) -> Conjecture:
    """One entry; its id is its number where it has none."""
    if not isinstance(data, dict):
        raise BadInput(f"{where}: this is no statement", f"name its parts: {', '.join(MEANT)}")
    for name in data:
        if name not in (*MEANT, *REMARKS):
            hint = f"what counts is {', '.join(MEANT)}; what may stand beside it: {', '.join(REMARKS)}"
            raise BadInput(f"{where}: {name!r} means nothing here", hint)
    statement, assume = data.get("statement"), data.get("assume", [])
    if not isinstance(statement, str):
        raise BadInput(f"{where}: there is no statement", "give it as a text: statement")
    if not isinstance(assume, list) or not all(isinstance(a, str) for a in assume):
        raise BadInput(f"{where}: the assumptions are no list of texts", 'as in assume: ["x > 0", "n integer"]')
    name, expected = data.get("id", number), data.get("expected")
    if not isinstance(name, str) or not name.isprintable() or not name:
        raise BadInput(f"{where}: the id is no text that can be printed", "leave it out, or write a name")
    if expected is not None and expected not in EXPECTED:
        raise BadInput(f"{where}: no verdict is called {expected!r}", f"expected is one of {', '.join(EXPECTED)}")
    return Conjecture(statement, tuple(assume), name, expected)


def _placed(where: str, error: BadInput) -> BadInput:
    """What is wrong with a text, with the place of the text in the file, and the caret below it."""
    column = "" if error.position is None else f", column {error.column} of the text"
    lines = [] if error.position is None else str(error).split("\n")[1:]
    if error.hint and lines:
        lines = lines[:-1]
    return BadInput("\n".join([f"{where}{column}: {error.what}", *lines]), error.hint)
