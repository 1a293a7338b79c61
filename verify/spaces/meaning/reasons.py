"""Facts of which an author says that they are used: which hypotheses these are, and times what.

A reason such as ``smoothness at (x, y) times 2*c`` changes nothing of what a claim means. It brings in the points where
it speaks of a function, and the search tries the hypotheses first that it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verify.kernel.reals.terms import Term
from verify.runtime.errors import BadInput
from verify.spaces.problems.problem import Hypothesis
from verify.spaces.reading.sorts import Sorts
from verify.spaces.reading.surface import Reason
from verify.spaces.reading.text import term_text

# By the words for a fact: the classes of functions and operators that say it.
WORDS: dict[str, tuple[str, ...]] = {
    "smoothness": ("smooth",),
    "convexity": ("convex",),
    "strong convexity": ("strongly convex",),
    "PL": ("PL",),
    "Lipschitz continuity": ("Lipschitz", "Lipschitz operator"),
    "monotonicity": ("monotone",),
    "strong monotonicity": ("strongly monotone",),
    "cocoercivity": ("cocoercive",),
}


@dataclass(frozen=True)
class Named:
    """The places of the hypotheses that a reason names, of which one is used times ``factor``, if it says that."""

    places: tuple[int, ...]
    factor: Term | None


def classes_of(reason: Reason) -> tuple[str, ...]:
    """The classes that say what a reason names; BadInput for other words."""
    found = WORDS.get(reason.what)
    if found is None:
        raise BadInput(
            f"no fact is called '{reason.what}'", f"known are: {', '.join(WORDS)}", reason.text, reason.start
        )
    return found


def _saying(reason: Reason) -> set[str]:
    """The classes that say what a reason names, or more: a function that is strongly convex is convex."""
    return {*classes_of(reason)} | ({"strongly convex"} if reason.what == "convexity" else set())


def functions_of(reason: Reason, classes: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """The functions and operators of which a reason can speak; BadInput where there are none."""
    kinds = _saying(reason)
    found = [name for name, said in classes if kinds & set(said)]
    if not found:
        hint = f"assume it first, as in 'f {sorted(kinds)[0]}'"
        raise BadInput(
            f"'{reason.what}' is said to be used, and nothing is declared so", hint, reason.text, reason.start
        )
    return found


def check_sorts(reason: Reason, sorts: Sorts) -> None:
    """Refuses points that are no vectors, a factor that is no number, and names of which a claim does not speak."""
    for term, sort in [
        *((p, "vector") for p in reason.points),
        *([(reason.factor, "scalar")] if reason.factor else []),
    ]:
        for t in term.walk():
            if t.op in ("name", "at", "grad") and t.args[0] not in sorts.kinds:
                what = f"'{t.args[0]}' occurs neither in the statement nor in what is assumed"
                raise BadInput(what, "a reason speaks of what is there", reason.text, t.start)
        if (found := sorts.of(term)) != sort:
            what = f"'{term_text(term)}' is {'an' if found == 'operator' else 'a'} {found}, not a {sort}"
            raise BadInput(what, "facts are at points, times numbers", reason.text, term.start)


def named(reason: Reason, hypotheses: Sequence[Hypothesis], factor: Term | None) -> Named:
    """The hypotheses that a reason names, in whichever order it gives the points; BadInput where there are none."""
    kinds = _saying(reason)
    points = {term_text(p) for p in reason.points}
    places = [k for k, h in enumerate(hypotheses) if kinds & set(h.kinds) and set(h.points) == points]
    if not places:
        at = ", ".join(sorted(points))
        hint = "name the two points that the inequality is about, or the one point where it is about one"
        raise BadInput(f"there is no fact '{reason.what}' at ({at})", hint, reason.text, reason.start)
    return Named(tuple(places), factor)
