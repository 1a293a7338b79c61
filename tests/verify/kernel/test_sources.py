"""The kernel can be read, copied and trusted by itself: what its files import, how long they are, what they explain."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from verify import kernel
from verify.kernel.matrices.certificate import RULES as MATRIX_RULES
from verify.kernel.reals.rules import RULES
from verify.kernel.spaces.rules import RULES as SPACE_RULES

KERNEL = Path(str(kernel.__file__)).parent
FILES = sorted(KERNEL.rglob("*.py"))
MOST_LINES = 300
EXPLAINED = {  # every rule of the three checkers, by its checker and its name
    f"{checker} {name}": rules[name][0]
    for checker, rules in (("reals", RULES), ("matrices", MATRIX_RULES), ("spaces", SPACE_RULES))
    for name in rules
}
FORBIDDEN = {"eval", "exec", "compile", "__import__", "open", "input", "breakpoint"}


def imports(source: str) -> list[tuple[int, str]]:
    """Level (0: absolute) and module of every import in a source, wherever it stands."""
    out = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            out += [(0, alias.name) for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            out.append((node.level, node.module or ",".join(alias.name for alias in node.names)))
    return out


def outside(source: str) -> list[str]:
    """What a source imports that is neither of the standard library nor relative."""
    return [name for level, name in imports(source) if level == 0 and name.split(".")[0] not in sys.stdlib_module_names]


def inside(path: Path) -> set[str]:
    """The part of the kernel that each relative import of a file leads to: a folder or a file of the kernel."""
    found = set()
    for level, name in imports(path.read_text()):
        if level:
            folder = path.parent.relative_to(KERNEL).parts
            assert level <= len(folder) + 1, f"{path} imports from outside of the kernel"
            found.add((*folder[: len(folder) + 1 - level], *name.split("."))[0])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(KERNEL)))
def test_a_file_is_short_and_needs_nothing_but_python(path: Path) -> None:
    source = path.read_text()
    assert not outside(source)
    assert len(source.splitlines()) < MOST_LINES
    assert ast.get_docstring(ast.parse(source))
    called = {
        n.func.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert called & FORBIDDEN <= ({"open"} if path.name == "reading.py" else set())


def test_what_is_not_of_python_is_noticed() -> None:
    source = "import json\ndef f():\n    import sympy.core\n    from numpy import array\n    from .terms import Term\n"
    assert outside(source) == ["sympy.core", "numpy"]


def test_the_checkers_do_not_know_each_other_but_that_of_vectors_cites_numbers() -> None:
    shared = {"reading"}
    assert set().union(*(inside(path) for path in (KERNEL / "spaces").rglob("*.py"))) == {"spaces", "reals", *shared}
    for kind in ("reals", "matrices"):
        found = set().union(*(inside(path) for path in (KERNEL / kind).rglob("*.py")))
        assert found == {kind, *shared}
    assert inside(KERNEL / "reading.py") == set()
    assert {"reals", "matrices", "spaces"} < inside(KERNEL / "certificate.py")


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_rule_says_what_it_infers_why_it_is_sound_and_what_is_checked(name: str) -> None:
    said = EXPLAINED[name].__doc__ or ""
    assert not said.startswith(("Sound", "Checked"))
    assert 0 < said.find("Sound: ") < said.find("Checked: ")


def test_every_function_that_is_called_a_rule_is_one() -> None:
    written = {
        node.name.removeprefix("rule_")
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("rule_")
    }
    assert written == {name.split()[1] for name in EXPLAINED}


def test_each_folder_names_its_files() -> None:
    for contents in KERNEL.rglob("__init__.py"):
        said = ast.get_docstring(ast.parse(contents.read_text())) or ""
        for path in contents.parent.iterdir():
            if path.suffix == ".py" and path.name != "__init__.py":
                assert f"``{path.name}``" in said, f"{contents} does not say what {path.name} is"
            if (path / "__init__.py").exists():
                assert f"``{path.name}/``" in said, f"{contents} does not say what {path.name} is"
