"""The simulator must not see the theory it is to test."""

import ast
from pathlib import Path

import theory.maml_erm.definitions

FOLDER = Path(theory.maml_erm.definitions.__file__).parent


def test_nothing_here_imports_theory_or_sympy() -> None:
    files = sorted(FOLDER.glob("*.py"))
    assert len(files) > 10
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            others = [name for name in names if not f"{name}.".startswith("theory.maml_erm.definitions.")]
            assert not any(name.split(".")[0] in ("theory", "sympy") for name in others), path.name
            assert not (isinstance(node, ast.ImportFrom) and node.level), path.name
