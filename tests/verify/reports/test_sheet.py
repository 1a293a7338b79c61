"""The sheet as an appendix: roles, standing assumptions, chains, and what has been checked."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import sympy as sp

from tests.ridge.theory import THEORY as RIDGE
from theory.descent import THEORY as DESCENT
from verify import Claim, Domain, Inequality, between, positive
from verify.claims import theories
from verify.claims.selection import Selection
from verify.claims.statement import Spatial
from verify.reports.latex_chosen import Chosen, everything
from verify.reports.latex_evidence import Found
from verify.reports.sheet import sheet
from verify.reports.sheet.placing import renaming
from verify.reports.sheet.roles import COROLLARY, LEMMA, PROPOSITION, THEOREM, roles
from verify.reports.sheet.standing import let, standing
from verify.typesetting.chains import Row, is_equality, rows_of

x, y = sp.symbols("x y", real=True)


@pytest.fixture(scope="module")
def ridge() -> str:
    with theories.using(RIDGE):
        return sheet(everything(), {"R.gain": Found("proved", ("proof",)), "R.noise": Found("proved", origin="lock")})


def about(*claims: Claim) -> Chosen:
    table = {c.id: c for c in claims}
    return Chosen("mine", "mine", (), claims, Selection(list(table), table, {}, []))


def claim(name: str, rests_on: tuple[str, ...] = (), **more: object) -> Claim:
    bound = more.pop("domain", Domain((positive(x),)))
    return Claim(name, f"about {name}", Inequality(x, ">", 0), bound, rests_on=rests_on, **more)


def test_what_carries_is_a_lemma_and_what_follows_from_a_theorem_a_corollary():
    found = roles(about(claim("a"), claim("b", ("a",)), claim("c"), claim("d", ("c", "b"))))
    assert found.of == {"a": LEMMA, "b": LEMMA, "c": LEMMA, "d": THEOREM}
    with theories.using(RIDGE):
        found = roles(everything())
    assert [c.id for c in found.main] == ["R.split", "R.gain", "R.least"] and found.of["R.best"] == LEMMA
    assert found.of["R.many"] == PROPOSITION and COROLLARY not in found.of.values()


def test_claims_are_referred_to_by_what_they_are_called():
    found = roles(about(claim("a"), claim("b"), claim("X.top", ("a", "b"))))
    assert found.references(["a", "b"]) == r"Lemmas \ref{claim:a} and \ref{claim:b}"
    assert found.references(["elsewhere"]) == r"\texttt{elsewhere}"


def test_a_statement_leaves_out_only_the_range_that_is_the_usual_one():
    usual, other = claim("a"), claim("c", domain=Domain((between(x, 0, 1),)))
    found = standing([usual, claim("b"), other])
    assert found.lines(usual.setting) == ("x>0",)
    assert found.hypotheses(usual) == () and found.hypotheses(other) == ("$0<x<1$",)
    assert let(found.hypotheses(other)) == "Let $0<x<1$. Then"
    # A range that two of four claims have is not usual.
    assert (
        standing([usual, claim("b"), other, claim("d", domain=Domain((between(x, 0, 1),)))]).lines(usual.setting) == ()
    )


def test_vectors_are_declared_in_words():
    text = ("u, v vectors", "f convex and L-smooth", "L > 0")
    one = Claim("v", "title", Spatial("f(u) <= f(v) + L*||u - v||^2", text))
    assert standing([one]).hypotheses(one) == ("$u, v$ be vectors", "$f$ be convex and $L$-smooth", "$L>0$")


def test_a_chain_has_an_equality_sign_only_between_what_is_equal():
    rows = {e.name: rows_of(e.derivation, RIDGE, 66) for e in RIDGE.named.values()}
    risk = rows["risk"]
    assert [r.relation for r in risk][:2] == ["", r"\xrightarrow{\;\mathbb E\;}"]
    # nu = 0 is a special case of the risk, and no other way to write it.
    assert rows["bias"][-1].relation == r"\xrightarrow{\nu=0}" and not is_equality(rows["bias"])
    # The best penalty solves an equation.
    assert rows["best"][0].relation == "0=" and rows["best"][-1].relation == r"\Longleftrightarrow \lambda="


def test_no_row_of_a_chain_repeats_the_row_before():
    for e in RIDGE.named.values():
        rows = rows_of(e.derivation, RIDGE, 66)
        assert all(a.formula != b.formula for a, b in pairwise(rows[1:]))


def test_a_copy_with_other_names_is_told_from_another_derivation():
    one = (Row("", r"m\rho_H", "start"), Row("=", r"\rho_H m", "turned"))
    other = (Row("", r"n\rho_E", "start"), Row("=", r"\rho_E n", "turned"))
    assert renaming(one, other) == (("m", "n"), (r"\rho_H", r"\rho_E"))
    mixed = (Row("", r"n\rho_E", "start"), Row("=", r"\rho_H n", "turned"))
    assert renaming(one, mixed) is None and renaming(one, one[:1]) is None


def test_every_reference_has_a_target_and_every_label_is_one(ridge: str):
    labels = re.findall(r"\\label\{([^{}#]+)\}", ridge) + re.findall(r"\\definition\{.*\}\{(expr:[^{}]+)\}\{", ridge)
    labels += re.findall(r"\{(derivation:[0-9a-f]+)\}$", ridge, re.MULTILINE)
    wanted = set(re.findall(r"\\(?:eq)?ref\{([^{}#]+)\}", ridge))
    assert wanted <= set(labels) and len(labels) == len(set(labels))


def test_the_verdicts_stand_in_one_table(ridge: str):
    body, _, table = ridge.partition(r"\section{What has been checked}")
    assert r"& \texttt{R.\allowbreak gain} & proved & proof &" in table
    assert r"& \texttt{R.\allowbreak noise} & proved (lock) &" in table
    assert r"R.\allowbreak gain" not in body.partition(r"\section{Notation")[2]
    # What nobody has checked is not called a proof.
    assert ridge.count(r"\begin{proof}[Argument, not checked yet]") == len(RIDGE.stated) - 2


def test_the_table_of_notation_has_every_letter(ridge: str):
    table = ridge.partition(r"\begin{notation}")[2].partition(r"\end{notation}")[0]
    for symbol in ("d", "n", r"\lambda", "B", r"\nu", "w", "z", r"\lambda^{*}"):
        assert f"${symbol}$ &" in table


def test_a_theory_whose_main_result_is_unknown_is_bad_input():
    from dataclasses import replace

    from verify.runtime.errors import BadInput

    with theories.using(replace(RIDGE, main=("R.gian",))), pytest.raises(BadInput, match="main result"):
        roles(everything())


def test_the_lock_says_what_no_check_has_found_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from verify.reports.latex_evidence import found

    monkeypatch.chdir(tmp_path)
    with theories.using(DESCENT):
        chosen = everything()
        verdicts = found(chosen.selection, None)
    assert verdicts["GD.step"].verdict == "proved" and verdicts["GD.step"].origin == "lock"
