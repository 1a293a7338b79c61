"""The printed form of formulas: the order, the brackets and the fractions of a paper."""

from __future__ import annotations

import importlib
import re
from fractions import Fraction

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.mixture import kappa, m_star, sigma
from theory.maml_erm.formulas.solutions import CANDIDATE, MEAN_WEIGHT, SOLUTION
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, alpha, d, m, p, rho, rho_E, rho_H
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain
from verify.claims.setting import NO_SETTING
from verify.claims.statement import Inequality, Limit
from verify.derivations.trace_polynomials import TracePolynomial
from verify.typesetting.arrange import present
from verify.typesetting.formulas import formula_latex
from verify.typesetting.names import macro_name
from verify.typesetting.statements import claim_latex, hypotheses_latex, statement_latex
from verify.typesetting.typesetter import latex as latex_in
from verify.typesetting.typesetter import typesetter

TYPESETTER = typesetter(THEORY)
PLAIN = typesetter(NO_SETTING)
latex, text_latex, polynomial_latex = TYPESETTER.scalar, TYPESETTER.sentence, TYPESETTER.polynomial

GOLDEN = {
    "kappa": r"\frac{(1-p)\rho_E}{p\rho_H}",
    "weight.erm": r"\frac{p\rho_H}{p\rho_H+(1-p)\rho_E}",
    "threshold": r"\frac{(d+1)\alpha(\rho_H+\rho_E)}{2-\alpha(\rho_H+\rho_E)}",
    "s_H": r"\rho_H\left((1-\alpha\rho_H)^2+\frac{(d+1)\alpha^2\rho_H^2}{m}\right)",
    "gain": r"\frac{(1+\sigma)\bigl[(1+\kappa)^2(V_H+\sigma V_E)+(\sigma+\kappa^2)\Delta^2\bigr]}"
    r"{(1+\kappa)^2\bigl[(1+\sigma)(V_H+\sigma V_E)+\sigma\Delta^2\bigr]}",
    "floor": r"\frac{d\alpha^2\nu^2\bigl[p\rho_H^2+(1-p)\rho_E^2\bigr]}{2m}",
    "hardness": r"\frac{\log\frac{1}{\varepsilon}}{\log\frac{1}{1-\alpha\rho}}",
    "sigma.fresh": r"\frac{(1-p)\rho_E(s_E/\rho_E)^K}{p\rho_H(s_H/\rho_H)^K}",
}
PIECES = (
    ((1 - alpha * rho) ** 2, r"(1-\alpha\rho)^2"),
    ((alpha * rho - 1) ** 2, r"(1-\alpha\rho)^2"),
    ((kappa + 1) ** 2, r"(1+\kappa)^2"),
    (d + 1, "d+1"),
    (m + d + 1, "m+d+1"),
    (kappa**2 * Delta**2 / V_H, r"\frac{\kappa^2\Delta^2}{V_H}"),
    (-alpha * rho_H, r"-\alpha\rho_H"),
    (sp.Rational(-1, 2), r"-\frac{1}{2}"),
    (m_star**2, r"(m^{*})^2"),
    (p * (1 - p), "p(1-p)"),
    (sp.Abs(kappa - sigma), r"\lvert \kappa-\sigma\rvert"),
    (sp.sqrt(rho_E), r"\sqrt{\rho_E}"),
)


@pytest.mark.parametrize("name", GOLDEN)
def test_expressions_read_as_a_paper_writes_them(name: str) -> None:
    assert latex(expressions()[name].value) == GOLDEN[name]


@pytest.mark.parametrize(("expression", "text"), PIECES)
def test_order_and_signs(expression: sp.Expr, text: str) -> None:
    assert latex(expression) == text


@pytest.mark.parametrize("name", expressions())
def test_presenting_keeps_the_value(name: str) -> None:
    value = expressions()[name].value
    if value.is_rational_function(*value.free_symbols):
        assert sp.cancel(sp.together(present(value) - value)) == 0


def test_gain_claim_names_the_gain() -> None:
    assert claim_latex(THEORY.stated["X2"]) == (
        r"G-1=\frac{(\kappa-\sigma)^2\Delta^2}{(1+\kappa)^2\bigl[(1+\sigma)(V_H+\sigma V_E)+\sigma\Delta^2\bigr]}"
    )
    assert claim_latex(THEORY.stated["T1"]) == r"\sigma<\kappa\;\Longleftrightarrow\;m>m^{*}"
    assert r"0<\rho_H<\rho_E" in hypotheses_latex(THEORY.stated["T1"])


def test_every_statement_and_hypothesis_is_balanced() -> None:
    for claim in (*THEORY.stated.values(), *THEORY.refutable.values()):
        for text in (claim_latex(claim), *hypotheses_latex(claim)):
            assert text.count("{") == text.count("}"), claim.id
            assert text.count(r"\left") == text.count(r"\right"), claim.id
            assert text.count("(") == text.count(")"), claim.id
            assert not re.search(r"\\\\|\*\*|sqrt\(|Symbol", text), claim.id


def test_norms_and_forms_of_trace_polynomials() -> None:
    w, wbar, A = (TracePolynomial.letter(x) for x in (CANDIDATE, SOLUTION, MEAN_WEIGHT))
    half = sp.Rational(1, 2)
    assert (
        polynomial_latex(((w - wbar).T * A * (w - wbar)).scale(half)) == r"\frac{1}{2}\lVert w-\bar w\rVert_{\bar W}^2"
    )
    assert polynomial_latex(w.T * w) == r"\lVert w\rVert^2"
    assert polynomial_latex(A.trace()) == r"\operatorname{tr}(\bar W)"


def test_macro_names_are_words_and_different() -> None:
    names = [macro_name("expr", n) for n in expressions()] + [macro_name("claim", c) for c in THEORY.stated]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"\\[A-Za-z]+", name) for name in names)


def test_titles_become_text_with_mathematics() -> None:
    assert text_latex("Q^(m) is at most 1/m") == "$Q^{(m)}$ is at most $1/m$"
    assert text_latex("a gain of 50% & more_or_less") == r"a gain of 50\% \& more\_or\_less"


def test_notebooks_show_mathematics() -> None:
    importlib.import_module("verify.typesetting.display")  # as in a notebook
    gain = expressions()["gain"]
    for item in (gain, gain.derivation, THEORY.stated["X2"], THEORY.stated["M2"]):
        assert item._repr_latex_().startswith(r"$\displaystyle ")


def test_sums_with_a_common_bracket_are_taken_together() -> None:
    total = (1 + kappa) ** 2 * V_H + (1 + kappa) ** 2 * sigma * V_E
    assert latex(total) == r"(1+\kappa)^2(V_H+\sigma V_E)"


def test_numbers_of_python_are_printed_and_text_is_not():
    x = sp.Symbol("x", real=True)
    stated = Claim("a", "t", Inequality(0, "<=", x**2), Domain((Bound(x),)))
    assert claim_latex(stated) == r"0\le x^2"
    assert claim_latex(Claim("a", "t", Limit(1 / x, x, sp.oo, 0))).endswith("0")
    assert (latex_in(2), latex_in(Fraction(1, 2)), PLAIN.short(3)) == ("2", r"\frac{1}{2}", "3")
    for wrong in ("x + 1", 0.5, None, True, sp.Eq(x, 1)):
        for printer in (latex_in, PLAIN.scalar, PLAIN.short):
            with pytest.raises(TypeError, match="is not an expression of SymPy"):
                printer(wrong)
    for wrong in (3, "T1", 0.5, x):
        with pytest.raises(TypeError, match="is not a claim"):
            claim_latex(wrong)
        for printer in (statement_latex, formula_latex):
            with pytest.raises(TypeError, match=r"is not a (statement|formula)"):
                printer(wrong, PLAIN)
