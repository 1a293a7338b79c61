"""Whose notation a formula is in: that of its own setting, and of no other."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import sympy as sp

from theory.maml_erm import THEORY as MAML
from verify import (
    Claim,
    Derivation,
    Domain,
    Folded,
    Identity,
    Inequality,
    Letter,
    MatrixIdentity,
    NamedExpression,
    Notation,
    Quantity,
    Theory,
    TracePolynomial,
    Unit,
    between,
    positive,
)
from verify.claims.setting import NO_SETTING, Setting
from verify.typesetting.derivations import derivation_lines
from verify.typesetting.names import known_names
from verify.typesetting.statements import claim_latex, expression_latex, hypotheses_latex
from verify.typesetting.typesetter import latex, typesetter

NUMBER = Unit()
VOCABULARY = {
    q.name: q
    for q in (
        Quantity("speed", "c", NUMBER, "> 0", "a speed"),
        Quantity("mass", "m", NUMBER, "> 0", "a mass"),
        Quantity("eps", r"\epsilon", NUMBER, "> 0", "a share"),
    )
}
speed, mass, eps = (q.symbol for q in VOCABULARY.values())
total = sp.Symbol("E_rest", real=True)
DOMAIN = Domain((positive(speed), positive(mass), between(eps, 0, 1)))
WIDE = (mass * speed + eps) ** 2 / (speed + 1)


def _expressions() -> tuple[NamedExpression, ...]:
    rest = Derivation("rest energy", mass * speed**2, "definition")
    return (
        NamedExpression("rest", r"\mathcal E", "rest energy", NUMBER, rest, DOMAIN, total),
        NamedExpression("wide", "w", "a wide form", NUMBER, Derivation("wide", WIDE, "definition"), DOMAIN),
    )


def _folded() -> Mapping[sp.Expr, Folded]:
    return {WIDE: Folded(sp.Symbol(r"\Omega", real=True), "wide", "wide")}


def _claims() -> list[Claim]:
    return [
        Claim("E.rest", "rest energy E_rest for mass > 0", Identity(total, mass * speed**2), DOMAIN),
        Claim("E.wide", "a bound", Inequality(WIDE + 1, ">=", eps * (1 - eps) * mass), DOMAIN),
        Claim("E.matrix", "a square", MatrixIdentity("S S", SQUARE, SQUARE)),
    ]


d = sp.Symbol("d", integer=True)
SQUARE = TracePolynomial.letter(Letter("tensor", d, d, symmetric=True)).scale(mass * speed)
THEORY = Theory(
    name="rest",
    vocabulary=VOCABULARY,
    expressions=_expressions,
    notation=Notation(
        names={"tensor": r"\mathsf T"},
        ranks=("mass", "speed", "eps"),
        probabilities=frozenset({eps}),
        folded=_folded,
        matrices=((r"S S", r"S^2"),),
    ),
    claims=_claims,
)


def test_a_theory_is_printed_in_its_own_notation():
    assert expression_latex(THEORY.named["rest"]) == r"\mathcal E=mc^2"
    assert claim_latex(THEORY.stated["E.rest"]) == r"\mathcal E=mc^2"
    assert hypotheses_latex(THEORY.stated["E.rest"]) == ("c, m>0",)
    assert claim_latex(THEORY.stated["E.matrix"]) == r"S^2=mc\mathsf T"
    assert typesetter(THEORY).sentence(THEORY.stated["E.rest"].title) == r"rest energy $\mathcal E$ for $m>0$"


def test_a_closed_form_is_printed_by_the_symbol_that_its_theory_gives_it():
    assert claim_latex(THEORY.stated["E.wide"]) == r"1+\Omega\ge\epsilon(1-\epsilon)m"
    assert typesetter(THEORY).folding.names(WIDE + mass) == {"wide"}
    alone = Claim("a", "t", THEORY.stated["E.wide"].statement, DOMAIN)
    assert r"\Omega" not in claim_latex(alone) and r"\mathrm{mass}" in claim_latex(alone)


def test_ranks_order_a_product_and_the_vocabulary_does_where_there_are_none():
    product = eps * mass * speed
    quantities = Setting(vocabulary=VOCABULARY)
    assert latex(product, quantities) == r"cm\epsilon"
    assert latex(product, Setting(vocabulary=VOCABULARY, notation=Notation(ranks=("eps",)))) == r"\epsilon cm"
    assert latex(product, Setting(vocabulary=VOCABULARY, notation=Notation(data=(speed,)))) == r"m\epsilon c"
    assert latex(product, THEORY) == r"\epsilon mc"  # a probability comes first


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        (NO_SETTING, r"\Delta\alpha p+\Delta\alpha^2(1-p)\le100+\Delta"),
        (MAML, r"p\alpha\Delta+(1-p)\alpha^2\Delta\le100+\Delta"),  # a probability comes first, data last
    ],
    ids=["nobody", "MAML"],
)
def test_symbols_of_nobody_follow_no_theory(setting, text):
    alpha, p, Delta = sp.symbols("alpha p Delta", real=True)
    terms = (p * alpha * Delta, (1 - p) * alpha**2 * Delta)
    domain = Domain((between(alpha, 0, 1), between(p, 0, 1), positive(Delta)))
    claim = Claim("mine", "t", Inequality(sp.Add(*terms), "<=", 100 + Delta), domain, setting=setting)
    assert claim_latex(claim) == text


def test_names_mean_nothing_outside_their_theory():
    m_star, share = sp.Symbol("m_star", real=True), sp.Symbol("eps_2", real=True)
    assert latex(m_star, MAML) == "m^{*}" and latex(m_star) == r"m_{\mathrm{star}}"
    assert latex(share, THEORY) == r"\epsilon'" and latex(share) == r"\mathrm{eps}_2"
    assert typesetter(NO_SETTING).sentence("at most eps for mu > 0") == r"at most eps for $\mu>0$"
    assert known_names(NO_SETTING) == {} and known_names(THEORY)["E_rest"] == r"\mathcal E"


def test_a_matrix_without_a_pattern_is_named_by_a_sentence():
    named = typesetter(NO_SETTING).matrix_name
    assert named("V S") == "VS"
    assert named("cost of 50% & more") == r"\text{cost of 50\% \& more}"


def test_words_in_the_name_of_a_matrix_are_text():
    named = typesetter(MAML).matrix_name
    assert named("E_m of the class") == r"\mathcal E_m\text{ of the class}"
    assert named("E[g_1^2 sum_j g_j^2]") == r"\mathbb E[g_1^2 \sum_j g_j^2]"
    assert named("W of first-order MAML") == r"W_{\text{first-order MAML}}"
    assert named("E tr (I - alpha Shat)^2 / d") == r"\mathbb E\,\operatorname{tr} (I-\alpha \hat\Sigma)^2 / d"


def test_derivations_are_written_in_the_setting_that_is_given():
    (line,) = derivation_lines(THEORY.named["rest"].derivation, typesetter(THEORY))
    (plain,) = derivation_lines(THEORY.named["rest"].derivation, typesetter(NO_SETTING))
    assert (line.formula, plain.formula) == ("mc^2", r"\mathrm{mass}\,\mathrm{speed}^2")
