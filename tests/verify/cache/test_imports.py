"""What is read as text is what the syntax tree says, in every way to write an import."""

import ast
from pathlib import Path

import pytest

import verify
from verify.cache.imports import Target, imports_in

WAYS = [
    ("import a", [Target(0, "a", ())]),
    ("import a.b as c, d  # why", [Target(0, "a.b", ()), Target(0, "d", ())]),
    ("from a.b import c as x, d", [Target(0, "a.b", ("c", "d"))]),
    ("from . import a", [Target(1, "", ("a",))]),
    ("from ..a import *", [Target(2, "a", ("*",))]),
    ("from a import (\n    b,\n    c as d,\n)", [Target(0, "a", ("b", "c"))]),
    ("from a import (b, c)", [Target(0, "a", ("b", "c"))]),
    ("import a; import b", [Target(0, "a", ()), Target(0, "b", ())]),
    ("if a: import b", [Target(0, "b", ())]),
    ("from a import \\\n    b", [Target(0, "a", ("b",))]),
    ("import \\\n    a", [Target(0, "a", ())]),
    ("from a \\\n    import b, c", [Target(0, "a", ("b", "c"))]),
    ("from a import (\n    b,  # why\n    c,\n)", [Target(0, "a", ("b", "c"))]),
    ("from a import (  # why\n    b\n)", [Target(0, "a", ("b",))]),
    ("from  a  import\tb", [Target(0, "a", ("b",))]),
    ("import é", [Target(0, "é", ())]),
    ("x = 1\rimport a\r\nimport b\r\n", [Target(0, "a", ()), Target(0, "b", ())]),
    (
        "def f():\n    try:\n        import a\n    except ImportError:\n        import b",
        [Target(0, "a", ()), Target(0, "b", ())],
    ),
    ("x = 'import'\nfrom a import b", [Target(0, "a", ("b",))]),
    ("import_module('a')", []),
]


@pytest.mark.parametrize("text, found", WAYS)
def test_every_way_to_write_one(text, found):
    assert list(imports_in(text.encode())) == found


def test_an_encoding_that_hides_the_word():
    text = b"# coding: utf-7\n+AGkAbQBwAG8AcgB0- a\n"
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse("import a"))  # the control: it is one
    assert list(imports_in(text)) == [Target(0, "a", ())]


def test_relative_to_a_package():
    assert Target(0, "a", ()).absolute("p.q") == "a"
    assert Target(1, "a", ()).absolute("p.q") == "p.q.a"
    assert Target(2, "", ("a",)).absolute("p.q") == "p"


def test_nothing_of_this_package_is_missed():
    """A text may give more than the tree, never less."""
    more = 0
    for path in Path(verify.__file__).parent.rglob("*.py"):
        text = path.read_bytes()
        tree = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                tree |= {Target(0, alias.name, ()) for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                tree.add(Target(node.level, node.module or "", tuple(alias.name for alias in node.names)))
        assert tree <= set(imports_in(text)), path
        more += tree != set(imports_in(text))
    assert more < 5
