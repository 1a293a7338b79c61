"""Rules that take a general statement, an axiom or an earlier theorem, at some terms."""

from ...reading import Json, need
from ..axioms import AXIOMS
from ..formulas import normal
from ..json_form import items
from ..run import Run
from ..state import Remaining, State
from ..terms import Formula


def rule_axiom(run: Run, state: State, name: Json, terms: Json, then: Json) -> Remaining:
    """An instance of one of ``AXIOMS`` becomes a fact.

    Sound: every axiom holds for all real values of its letters, for integers where they are called m and n, in the
    total functions. Checked: one term for each letter, integers where they are wanted, every condition known.
    """
    need(isinstance(name, str) and name in AXIOMS, "no such axiom")
    letters, conditions, conclusion = AXIOMS[name]
    need(len(items(terms)) == len(letters), "wrong number of terms for the axiom")
    theta = {letter: state.term(t) for letter, t in zip(letters, terms, strict=True)}
    for letter, t in theta.items():
        need(letter not in "mn" or state.whole(t), "the axiom is about integers")
    for c in conditions:
        need(state.knows(normal(state.put(c, theta))), f"a condition of the axiom '{name}' is not known")
    return [(state.assume(state.put(conclusion, theta)), then)]


def rule_cite(run: Run, state: State, theorem: Json, terms: Json, then: Json) -> Remaining:
    """An instance of an earlier theorem becomes a fact: its conclusion C at given terms, where its hypotheses H hold.

    Sound: the theorem was proved in the total functions for all values of its variables, so it holds at those of the
    terms. Checked: a theorem of that name was accepted before, so that no proof runs in a circle; it is no limit, which
    says nothing about single values; and ``instance``.
    """
    need(isinstance(theorem, str) and theorem in run.theorems, "an earlier theorem of that name does not exist")
    return [instance(state, *run.theorems[theorem], terms, then)]


def instance(state: State, kinds: dict[str, str], parts: list[Formula], terms: Json, then: Json) -> tuple[State, Json]:
    """The state with the conclusion at the terms as a fact.

    Checked: a term for each variable, an integer for each integer variable, and all hypotheses and definitions known.
    """
    need(len(items(terms)) == len(kinds), "one term for each variable of the theorem")
    theta = {x: state.term(t) for x, t in zip(kinds, terms, strict=True)}
    for x, kind in kinds.items():
        need(kind == "real" or state.whole(theta[x]), "an integer variable needs an integer term")
    for h in parts[:-1]:
        need(state.knows(state.put(h, theta)), "a hypothesis of the cited theorem is not known")
    return state.assume(state.put(parts[-1], theta)), then
