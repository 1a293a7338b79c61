"""What ``verify latex`` prints, ``verify paper`` reads: every named expression comes back equal."""

from __future__ import annotations

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.expressions import expressions
from verify.claims.to_sympy import symbols_in, to_sympy
from verify.papers.check import check
from verify.papers.grammar import Reader
from verify.papers.lexicons import names_for
from verify.papers.rows import clean
from verify.papers.scanner import scan
from verify.papers.tokens import tokenize
from verify.typesetting.typesetter import latex


@pytest.mark.parametrize("name", expressions())
def test_every_expression_is_read_back_and_proved_equal(name: str) -> None:
    e = expressions()[name]
    shown = f"{e.latex} = {latex(e.value, THEORY)}"
    text = f"% verify: expression {name}\n\\begin{{equation}}\n{shown}\n\\end{{equation}}\n"
    steps = check(scan(text), seconds=20)
    assert [s.status for s in steps] == ["proved"], steps


@pytest.mark.parametrize("name", expressions())
def test_every_raw_expression_is_read_back_as_the_same_function(name: str) -> None:
    raw = expressions()[name].raw()
    names = names_for(expressions()[name])
    read = to_sympy(Reader(clean(tokenize(latex(raw, THEORY))), names, theory=True).whole(), symbols_in(THEORY))
    numbers = {s: sp.Rational(3 + 2 * i, 7 + i) for i, s in enumerate(sorted(raw.free_symbols, key=str))}
    numbers |= {s: sp.Integer(3 + i) for i, s in enumerate(sorted(raw.free_symbols, key=str)) if s.is_integer}
    assert sp.simplify(read.subs(numbers) - raw.subs(numbers)) == 0
