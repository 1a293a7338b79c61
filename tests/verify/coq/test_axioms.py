"""Every axiom of the kernel is a lemma that Coq proves, with the statement that the kernel's table has."""

from __future__ import annotations

from pathlib import Path

from tests.verify.coq.statements import accepts, installed
from verify.coq.coqc import ALLOWED
from verify.coq.lemmas import NUMBERS, texts
from verify.coq.reals.notation import formula
from verify.kernel.reals.axioms import AXIOMS


def stated(name: str) -> str:
    letters, conditions, conclusion = AXIOMS[name]
    names = {x: x for x in letters}
    bound = f"forall {' '.join(letters)} : R, " if letters else ""
    whole = "".join(f"is_int {x} -> " for x in letters if x in "mn")
    premises = "".join(f"{formula(c, names)} -> " for c in conditions)
    return f"{bound}{whole}{premises}{formula(conclusion, names)}"


def lemma(name: str) -> str:
    return f"ax_{name.replace(' ', '_')}"


def test_every_axiom_has_its_lemma() -> None:
    text = "".join(texts(NUMBERS).values())
    assert [
        name for name in AXIOMS if f"Lemma {lemma(name)} " not in text and f"Lemma {lemma(name)}:" not in text
    ] == []


@installed
def test_the_lemmas_state_the_axioms(home: Path) -> None:
    checks = [f"Definition c{i} : {stated(name)} := {lemma(name)}." for i, name in enumerate(AXIOMS)]
    everything = ", ".join(f"c{i}" for i in range(len(AXIOMS)))
    found = accepts(home, "\n".join([*checks, f"Definition all := ({everything})."]), "Axioms_stated")
    assert found.accepted, found.said
    assert set(found.axioms) <= ALLOWED


@installed
def test_another_statement_is_not_the_lemma(home: Path) -> None:
    wrong = "forall a : R, (0 <= a) -> (exp a < 1 + a)"
    assert not accepts(home, f"Definition c : {wrong} := ax_exp_tangent.", "Axioms_wrong").accepted
