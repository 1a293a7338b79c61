"""Terms and formulas about vectors as Coq writes them.

Numbers are written as ``verify/coq/reals/notation.py`` writes them. A random name, one with a level above 0, is a
function of the outcome; what the n-th binder binds is called ``t0_``, ``t1_`` and so on from outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from verify.coq.reals import notation as numbers
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import RELATIONS, Formula, Term
from verify.kernel.spaces.sorts import Sort

OUTCOME = "w_"  # what stands for the outcome: no variable has such a name


@dataclass(frozen=True)
class Notation:
    """Coq's names for the kernel's; ``random``: those that are functions of the outcome."""

    sorts: Mapping[str, Sort]
    names: Mapping[str, str]
    inside: tuple[str, ...] = field(default=())  # what is bound, the innermost first

    def under(self) -> Notation:
        """The notation of what stands under one more binder."""
        return Notation(self.sorts, self.names, (f"t{len(self.inside)}_", *self.inside))

    def atom(self, x: str) -> str:
        """A name or what stands for a bound one."""
        if x[:1] == "#":
            return self.inside[int(x[1:])]
        name = self.names[x]
        sort = self.sorts.get(x)
        return (
            f"({name} {OUTCOME})" if sort is not None and sort.level > 0 and sort.kind in ("real", "vector") else name
        )

    def member(self, family: str, index: Term) -> str:
        """A member of a family."""
        at = self.scalar(index)
        outcome = f" {OUTCOME}" if self.sorts[family].level > 0 else ""
        return f"({self.names[family]} {at}{outcome})"

    def scalar(self, t: Term) -> str:
        """A number."""
        if isinstance(t, str):
            return self.atom(t)
        if not isinstance(t, tuple):
            return numbers.number(t)
        op, args = t[0], t[1:]
        if op == "inner":
            return f"(inner {self.vector(args[0])} {self.vector(args[1])})"
        if op == "norm":
            return f"(norm {self.vector(args[0])})"
        if op == "at":
            return self.member(args[0], args[1])
        if op == "E":
            return f"(E P {args[0]} (fun {OUTCOME} => {self.scalar(args[1])}) {OUTCOME})"
        if op == "sum":
            body = self.under()
            return (
                f"(sums {self.scalar(args[0])} {self.scalar(args[1])} (fun {body.inside[0]} => {body.scalar(args[2])}))"
            )
        if op == "upto":
            return self.scalar(("sum", 1, args[0], args[1]))
        if op == "inv":
            return self.scalar(("/", 1, args[0]))
        return numbers.operation(t, self.scalar)

    def vector(self, v: Term) -> str:
        """A vector."""
        if isinstance(v, str):
            return self.atom(v)
        if not isinstance(v, tuple):
            raise Untranslated("a number that stands for a vector")
        op, args = v[0], v[1:]
        if op == "zero":
            return "vzero"
        if op == "+":
            text = self.vector(args[0])
            for a in args[1:]:
                negative = isinstance(a, tuple) and a[0] == "-"
                text += f" [-] {self.vector(a[1])}" if negative else f" [+] {self.vector(a)}"
            return f"({text})"
        if op == "-":
            return f"(vopp {self.vector(args[0])})"
        if op == "scale":
            return f"({self.scalar(args[0])} [*] {self.vector(args[1])})"
        if op == "at":
            return self.member(args[0], args[1])
        if op == "apply":
            return f"({self.names[args[0]]} {self.vector(args[1])})"
        if op == "E":
            return f"(Ev P {args[0]} (fun {OUTCOME} => {self.vector(args[1])}) {OUTCOME})"
        if op == "upto":
            op, args = "sum", (1, *args)
        if op == "sum":
            body = self.under()
            ends = f"{self.scalar(args[0])} {self.scalar(args[1])}"
            return f"(vsums {ends} (fun {body.inside[0]} => {body.vector(args[2])}))"
        raise Untranslated(f"the operation {op} on vectors")

    def formula(self, f: Formula) -> str:
        """A formula."""
        op, args = f[0], f[1:]
        if op in RELATIONS:
            return f"({self.scalar(args[0])} {numbers.RELATIONS[op]} {self.scalar(args[1])})"
        if op == "same":
            return f"({self.vector(args[0])} = {self.vector(args[1])})"
        if op == "all":
            body = self.under()
            t, low, high = body.inside[0], self.scalar(args[0]), self.scalar(args[1])
            return f"(forall {t} : R, is_int {t} -> ({low} <= {t}) -> ({t} <= {high}) -> {body.formula(args[2])})"
        if op == "every":
            body = self.under()
            return f"(forall {body.inside[0]} : V, {body.formula(args[0])})"
        if op not in ("and", "or"):
            raise Untranslated(f"the connective {op}")
        texts = [self.formula(a) for a in args]
        empty, joint = ("True", " /\\ ") if op == "and" else ("False", " \\/ ")
        return f"({joint.join(texts)})" if texts else empty
