"""The imports that a Python text has, anywhere in it: at the top, in functions, under conditions.

The syntax tree knows them, but parsing hundreds of files is felt in every start of the program. So lines that hold
nothing but an import are read as text, and the tree is asked only where the word ``import`` stands anywhere else.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple


class Target(NamedTuple):
    """One import: ``level`` dots and ``module``, and the ``names`` taken from it, none for the module as a whole."""

    level: int
    module: str
    names: tuple[str, ...]

    def absolute(self, package: str) -> str:
        """The module that is meant in a module of ``package``."""
        if not self.level:
            return self.module
        parents = package.split(".")
        return ".".join([*parents[: len(parents) - self.level + 1], *([self.module] if self.module else [])])


_NAME = rb"[A-Za-z_]\w*"
_DOTTED = rb"%s(?:\.%s)*" % (_NAME, _NAME)
_AS = rb"(?:[ \t]+as[ \t]+%s)?" % _NAME
_LINE = re.compile(
    rb"""^[ \t]*(?:
        import[ ](?P<modules>%(dotted)s%(as)s(?:,[ ]%(dotted)s%(as)s)*)
      | from[ ](?P<dots>\.*)(?P<base>(?:%(dotted)s)?)[ ]import[ ](?:
            (?P<names>\*|%(name)s%(as)s(?:,[ ]%(name)s%(as)s)*)
          | \(\s*(?P<listed>%(name)s%(as)s(?:,\s+%(name)s%(as)s)*,?)\s*\)
        )
    )[ \t]*(?:\#[^\r\n]*)?\r?$"""
    % {b"dotted": _DOTTED, b"name": _NAME, b"as": _AS},
    re.MULTILINE | re.VERBOSE,
)
_WORD = re.compile(rb"\bimport\b")
_CONTINUED = re.compile(rb"\\\r?\n[ \t]*(?:from|import)\b")  # such a line is the end of another one


@cache  # the files of two trees that are compared are mostly the same
def imports_in(text: bytes) -> tuple[Target, ...]:
    """Every import of a text in UTF-8; a docstring may add one that is not there, which does no harm.

    ``SyntaxError`` where the text is asked for its syntax tree and has none.
    """
    found = list(_LINE.finditer(text))
    odd = b"coding" in b"".join(text.split(b"\n", 2)[:2]) or _CONTINUED.search(text) is not None
    if odd or len(found) != len(_WORD.findall(text)):
        return tuple(_parsed(text))
    return tuple(target for match in found for target in _written(match))


def _written(match: re.Match[bytes]) -> Iterator[Target]:
    modules, dots, base, names, listed = match.groups()
    if modules is not None:
        for module in _without_as(modules):
            yield Target(0, module, ())
    else:
        yield Target(len(dots), base.decode(), tuple(_without_as(names or listed)))


def _without_as(listed: bytes) -> list[str]:
    return [one.split()[0] for one in listed.decode().split(",") if one.strip()]


def _parsed(text: bytes) -> Iterator[Target]:
    for node in _statements(ast.parse(text)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Target(0, alias.name, ())
        elif isinstance(node, ast.ImportFrom):
            yield Target(node.level, node.module or "", tuple(alias.name for alias in node.names))


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Every statement, in its order.

    Only a statement, a handler and a case hold statements; walking expressions too would take ten times as long.
    """
    for block in ("body", "handlers", "orelse", "finalbody", "cases"):
        held = getattr(tree, block, None)
        for node in held if isinstance(held, list) else ():  # the body of a lambda is no list
            yield node
            yield from _statements(node)
