"""Why what is written under a fraction line is not zero, for the divisors that are plainly positive.

A hypothesis such as ``alpha < 2/(rho_E + rho_H)`` means something where the divisor is not zero. Where the hypotheses
say that rho_E and rho_H are positive nobody writes that down; elsewhere it stays a premise. This finds the former, and
the steps for Coq.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.kernel.reals.terms import Formula, Term, names_in

TURNED = {">": "<", ">=": "<="}


class Positive:
    """What is positive, by hypotheses that have names."""

    def __init__(self, hypotheses: Sequence[tuple[str, Formula]], names: dict[str, str]) -> None:
        self.below: dict[tuple[Term, Term], str] = {}  # a < b
        self.known: set[Term] = set()
        self.steps: dict[str, tuple[str, set[str]]] = {}  # of a variable: Coq's step, and the variables that it needs
        for name, f in hypotheses:
            op, *args = f
            if op in TURNED:
                op, args = TURNED[op], args[::-1]
            if op not in ("<", "<="):
                continue
            low, x = args
            if op == "<":
                self.below[low, x] = name
            if not isinstance(x, str) or x in self.known:
                continue
            if op == "<" and low == 0:
                self.known.add(x)
            elif x in names and self.holds(low):
                lemma = "Rlt_trans" if op == "<" else "Rlt_le_trans"
                step = f"assert ({names[x]}_positive : 0 < {names[x]}) by (eapply {lemma}; [|exact {name}]; positive)."
                self.steps[x] = step, names_in(low)
                self.known.add(x)

    def holds(self, t: Term) -> bool:
        """Whether a term is positive by its form: what the tactic ``positive`` of the library shows."""
        if isinstance(t, str):
            return t in self.known
        if not isinstance(t, tuple):
            return t > 0
        op, *args = t
        if op == "+" and len(args) == 2 and isinstance(args[1], tuple) and args[1][0] == "-":
            return (args[1][1], args[0]) in self.below
        if op == "^":
            return isinstance(args[1], int) and args[1] >= 0 and self.holds(args[0])
        return op == "exp" or (op in ("+", "*", "/", "sqrt") and all(self.holds(a) for a in args))

    def towards(self, conditions: Sequence[Formula]) -> list[str]:
        """The steps that conditions need, in order."""
        needed = {x for f in conditions for x in names_in(f)}
        out = []
        for x, (step, low) in reversed(self.steps.items()):  # each needs those before it alone
            if x in needed:
                needed |= low
                out.append(step)
        return out[::-1]

    def shows(self, f: Formula) -> bool:
        """Whether a condition follows, as the tactic ``plainly`` of the library shows it."""
        op, *args = f
        if op == "and":
            return all(self.shows(a) for a in args)
        if op == "or":
            return any(self.shows(a) for a in args)
        if op == "!=":
            return bool(args[1] == 0 and self.holds(args[0]))
        return op in ("<", "<=") and args[0] == 0 and self.holds(args[1])
