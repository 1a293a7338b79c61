"""The rule that takes a theorem about numbers, which the checker beside has accepted, at some terms."""

from collections.abc import Mapping

from ...reading import Json, need
from ...reals.terms import Formula, Term
from ..sorts import is_whole, items, kinds_in
from ..state import Remaining, Run, State
from ..terms import put


def rule_lemma(run: Run, state: State, theorem: Json, terms: Json, then: Json) -> Remaining:
    """An instance of a theorem about numbers becomes a fact: its conclusion at given terms, where its hypotheses hold.

    Sound: it holds for all values of its variables in total functions that agree with those here, so it holds at those
    that the terms have at an outcome. Checked: a theorem of that name was accepted; a term for each variable, one that
    is an integer by its form for an integer variable; its hypotheses and definitions are known.
    """
    need(isinstance(theorem, str) and theorem in run.numbers, "no theorem about numbers has that name")
    kinds, parts = run.numbers[theorem]
    need(len(items(terms)) == len(kinds), "one term for each variable of the theorem")
    theta = {x: run.scalar(state, t) for x, t in zip(kinds, terms, strict=True)}
    for x, kind in kinds.items():
        need(
            kind == "real" or is_whole(theta[x], kinds_in(theta[x], state.sorts), run.algebra.spend),
            "an integer variable needs an integer term",
        )
    for h in parts[:-1]:
        run.need_known(state, given(run, h, theta), "a hypothesis of the theorem")
    return [(state.assume(given(run, parts[-1], theta)), then)]


def given(run: Run, f: Formula, theta: Mapping[str, Term]) -> Formula:
    """A formula of the theorem at the terms, counted."""
    formula: Formula = run.given(put(f, theta))
    return formula
