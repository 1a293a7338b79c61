"""Where a Python file states claims: the lines of their ids, read from its syntax without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path


def endings(claim: str) -> list[str]:
    """An id, and what is left of it without its first parts: a family may put its own name before each.

    >>> endings("false.T2.at")
    ['false.T2.at', 'T2.at', 'at']
    """
    parts = claim.split(".")
    return [".".join(parts[i:]) for i in range(len(parts))]


# A call of Claim, and the literal that is its first argument: one of the usual form, or the start of another.
_CALL = re.compile(
    r"""\bClaim\s*\((?:\s|\#[^\n]*\n)*
        (?:(?P<usual>(?P<kind>f?)(?P<quote>["'])(?P<text>[^"'\\\n]+)(?P=quote)\s*,)|(?P<other>\w{0,2}["']|\())?""",
    re.VERBOSE,
)
_BRACES = re.compile(r"\{[^{}]*\}")
_BY_KEYWORD = re.compile(r"\bid\s*=")


def patterns_in(path: Path) -> list[re.Pattern[str]]:
    """Patterns such that every id of ``ids_in`` fits one: from the text, or from the syntax tree where that can't say.

    A file that can't be read may state anything.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return [re.compile(".*")]
    calls = list(_CALL.finditer(text))
    if any(call["other"] is not None for call in calls) or (calls and _BY_KEYWORD.search(text)):
        return [pattern for _, pattern, _ in ids_in(path)]
    usual = (call for call in calls if call["usual"] is not None)
    parts = (_BRACES.split(call["text"]) if call["kind"] else [call["text"]] for call in usual)
    return [re.compile(".+".join(map(re.escape, each))) for each in parts if any(each)]


def ids_in(path: Path) -> Iterator[tuple[int, re.Pattern[str], int]]:
    """Line, pattern and number of fixed characters of every id that stands in a call ``Claim(id, ...)``."""
    for node in ast.walk(_tree(path)):
        if not isinstance(node, ast.Call) or not _makes_a_claim(node):
            continue
        name = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "id"), None)
        parts = name.values if isinstance(name, ast.JoinedStr) else [name]
        fixed = [p.value if isinstance(p, ast.Constant) and isinstance(p.value, str) else None for p in parts]
        if name is not None and any(fixed):
            pattern = "".join(".+" if text is None else re.escape(text) for text in fixed)
            yield name.lineno, re.compile(pattern), sum(len(text or "") for text in fixed)


def fixed_ids(path: Path) -> list[str]:
    """The ids that stand in a file as they are, in its order, without those that are put together."""
    calls = [n for n in ast.walk(_tree(path)) if isinstance(n, ast.Call)]
    first = (n.args[0] for n in sorted(calls, key=lambda n: n.lineno) if _makes_a_claim(n) and n.args)
    return [name.value for name in first if isinstance(name, ast.Constant) and isinstance(name.value, str)]


def stated_ids(path: Path, names: Iterable[str]) -> dict[str, int]:
    """The lines of those names that the file states; an id that is put together is found by its fixed parts."""
    found = list(ids_in(path))
    out = {}
    for name in names:
        fits = [(fixed, line) for line, pattern, fixed in found if pattern.fullmatch(name)]
        if fits:
            most = max(fixed for fixed, _ in fits)
            out[name] = min(line for fixed, line in fits if fixed == most)
    return out


def line_of_claims(path: Path) -> int:
    """The line where ``claims`` is defined, or 1: where to point for a claim whose own line is not known."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef) and node.name == "claims":
            return node.lineno
        if isinstance(node, ast.Assign) and any(getattr(t, "id", "").lower() == "claims" for t in node.targets):
            return node.lineno
    return 1


def _makes_a_claim(call: ast.Call) -> bool:
    return getattr(call.func, "id", getattr(call.func, "attr", "")) == "Claim"


def _tree(path: Path) -> ast.Module:
    """An empty module for a file that can't be read any more."""
    try:
        return ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ast.Module([], [])
