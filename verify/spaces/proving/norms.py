"""What is known of norms and moments: signs, and the inequality of Cauchy and Schwarz, at what a goal is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import RELATIONS, Formula, Term
from verify.kernel.spaces.terms import loose
from verify.runtime.errors import ensured
from verify.spaces.problems.script import Script

MOST_NORMS = 4  # vectors with norms whose pairs are all looked at
MOST = 8  # pairs that are looked at besides
Pair = tuple[int | None, bool, Term, Term]  # a stage or none; whether of vectors; what is multiplied


def add_norm_facts(line: Script) -> bool:
    """Facts about the norms, inner products and expectations in goal and facts; whether there are any."""
    before = len(line.nodes)
    formulas = [line.state.goal, *line.state.facts]
    goal = [("==", form_of(line, side), 0) for side in line.state.goal[1:]]
    norms = list(dict.fromkeys(v for f in (*formulas, *goal) for v in norms_in(f)))[:MOST_NORMS]
    for u, v in combinations(norms, 2) if len(norms) > 1 else [(v, v) for v in norms]:
        schwarz(line, None, True, u, v)
    for pair in list(dict.fromkeys(p for f in formulas for p in products_in(f)))[:MOST]:
        schwarz(line, *pair)
    for k, t in dict.fromkeys(s for f in formulas for s in squares_in(f)):
        line.expect(k, ("<=", 0, ("^", t, 2)), line.combine(numbers=[(1, t)]))
    for v in dict.fromkeys([*norms, *(v for f in line.state.facts for v in norms_in(f))]):
        # ||v||^2 is written as a product here, so that it stays apart from the inner products that it is.
        square: Formula = ("==", ("*", ("norm", v), ("norm", v)), ("inner", v, v))
        line.have(square, line.combine())
    return len(line.nodes) > before


def form_of(line: Script, side: Term) -> Term:
    """The normal form of a side of a goal, or the side itself."""
    try:
        return line.run.forms.scalar(side)
    except Refused:
        return side


def schwarz(line: Script, stage: int | None, vectors: bool, u: Term, v: Term) -> None:
    """The inequality for two vectors or numbers, under an expectation or not; nothing where it is refused."""
    ends = {"left": line.write(u), "right": line.write(v), "then": None}
    try:
        if stage is None:
            for left in (u, ("-", u)) if u != v else (u,):
                line.add({"rule": "schwarz", **ends, "left": line.write(left)})
        else:
            line.add({"rule": "moments" if vectors else "products", "level": str(stage), **ends})
    except Refused:
        return


def norms_in(f: Formula) -> Iterator[Term]:
    """The vectors whose norms stand in a relation outside of expectations and sums."""
    if f[0] in RELATIONS:
        yield from (t[1] for t in parts(f[1:]) if t[0] == "norm" and not loose(t))


def squares_in(f: Formula) -> Iterator[tuple[int, Term]]:
    """The numbers whose squares stand alone in an expectation of a relation, with its stage."""
    for t in parts(f[1:]) if f[0] in RELATIONS else ():
        if t[0] == "E" and isinstance(t[2], tuple) and t[2][0] == "^" and t[2][2] == 2 and not loose(t):
            yield ensured(t[1], int), t[2][1]


def products_in(f: Formula) -> Iterator[Pair]:
    """What is multiplied in the inner products and expectations of a relation."""
    if f[0] not in RELATIONS:
        return
    for t in parts(f[1:]):
        if loose(t):
            continue
        if t[0] == "inner" and t[1] != t[2]:
            yield None, True, t[1], t[2]
        elif t[0] == "E":
            k, inside = ensured(t[1], int), t[2]
            if isinstance(inside, tuple) and inside[0] == "inner":
                yield k, True, inside[1], inside[2]
            elif isinstance(inside, tuple) and inside[0] == "*" and len(inside) == 3:
                yield k, False, inside[1], inside[2]
            elif not (isinstance(inside, tuple) and inside[0] in ("^", "+")):
                yield k, False, inside, 1


def parts(terms: Iterable[Term]) -> Iterator[tuple[Term, ...]]:
    """The operations in terms, outside of expectations and sums, and these themselves."""
    todo = list(terms)
    for t in todo:
        if isinstance(t, tuple):
            yield t
            if t[0] not in ("E", "sum", "upto", "inner", "norm"):
                todo.extend(t[1:])
