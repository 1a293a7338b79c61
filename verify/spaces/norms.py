"""What is known of norms: they are not negative, and the inequality of Cauchy and Schwarz, at the vectors of a goal."""

from __future__ import annotations

from itertools import combinations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula, Term
from verify.spaces.numbers import about_numbers
from verify.spaces.script import KNOWN, Script

MOST = 6  # vectors whose pairs are looked at


def add_norm_facts(line: Script) -> bool:
    """Facts about the norms and inner products in goal and facts; whether there are any."""
    vectors = list(dict.fromkeys([*found_in(line, [line.state.goal]), *found_in(line, line.state.facts)]))[:MOST]
    before = len(line.nodes)
    for u, v in combinations(vectors, 2):
        for left in (u, ("-", u)):
            line.add({"rule": "schwarz", "left": line.write(left), "right": line.write(v), "then": None})
    if len(vectors) == 1:
        line.add({"rule": "schwarz", "left": line.write(vectors[0]), "right": line.write(vectors[0]), "then": None})
    for v in vectors:
        # ||v||^2 = <v, v>, in inner products of what v is made of
        f: Formula = ("==", ("*", ("norm", v), ("norm", v)), ("inner", v, v))
        line.have(opaque(line, f), line.combine())
    return len(line.nodes) > before


def opaque(line: Script, f: Formula) -> Formula:
    """The formula itself; the square of a norm is written as a product so that both sides stay apart."""
    return f


def found_in(line: Script, formulas: object) -> list[Term]:
    """The vectors of inner products and norms in formulas about numbers, in order of appearance."""
    out: dict[Term, None] = {}
    for f in formulas:  # type: ignore[attr-defined]
        if not about_numbers(f):
            continue
        for side in f[1:]:
            try:
                form = line.run.forms.squared_norms(line.run.forms.scalar(side))
            except Refused:
                continue
            collect(form, out)
    norms = {v: None for v in out if ("norm", v) in seen(out)}
    return list(norms or out)


def seen(out: dict[Term, None]) -> set[Term]:
    return {("norm", v) for v in out}


def collect(t: Term, out: dict[Term, None]) -> None:
    """The vectors whose norm or inner product occurs outside of expectations."""
    if isinstance(t, tuple):
        if t[0] == "norm":
            out.setdefault(t[1])
        elif t[0] == "inner":
            out.setdefault(t[1])
            out.setdefault(t[2])
        elif t[0] not in ("E", "upto"):
            for a in t[1:]:
                collect(a, out)


__all__ = ["KNOWN", "add_norm_facts"]
