"""A state of a proof: what is to be shown, under which facts, about which variables; and what counts as known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from ..reading import Json, need, shown
from .formulas import normal
from .json_form import read_formula, read_name, read_term
from .terms import FALSE, Expression, Formula, Term, names_in, rewrite, substitute
from .whole import whole_when
from .work import NESTED, Spend, measure, uncounted

Scoped = TypeVar("Scoped", str, Term, Formula)


@dataclass(frozen=True)
class State:
    """What is to be shown: ``goal`` under ``facts`` (an ordered set) for all values of the variables."""

    kinds: dict[str, str]
    facts: dict[Formula, None]
    goal: Formula
    spend: Spend = field(default=uncounted, compare=False, repr=False)

    def assume(self, *formulas: Formula, goal: Formula | None = None, new: Mapping[str, str] | None = None) -> "State":
        """The state with more facts, perhaps another goal, and ``new`` variables (name: kind)."""
        facts = self.copied()
        for f in formulas:
            g = normal(f, self.spend)
            self.count(g)
            facts.update(dict.fromkeys(g[1:] if g[0] == "and" else (g,)))
        kinds = {**self.kinds, **new} if new else self.kinds
        return State(kinds, facts, self.goal if goal is None else normal(goal, self.spend), self.spend)

    def copied(self) -> dict[Formula, None]:
        """The facts, to be changed; counted."""
        self.spend(2 * len(self.facts) + 2 * len(self.kinds) + 1)
        return dict(self.facts)

    def count(self, *parts: Expression) -> None:
        """Counts the nodes of terms and formulas that are walked through."""
        if self.spend is not uncounted:
            self.spend(sum(measure(x)[0] for x in parts))

    def put(self, x: Expression, theta: Mapping[str, Term]) -> Expression:
        """``substitute``, counted by the size of what comes out."""
        if self.spend is not uncounted:
            self.count(x)
            used = {name: measure(theta[name]) for name in names_in(x) if name in theta}
            self.spend(sum(size for size, _ in used.values()))
            size, depth = measure(x, used)
            need(depth <= NESTED, "a term is nested too deeply")
            self.spend(2 * size)
        return substitute(x, theta)

    def exchange(self, x: Expression, old: Term, new: Term) -> Expression:
        """``rewrite``, counted by what is compared, at every level, and by the size of what comes out."""
        if self.spend is not uncounted:
            size, depth = measure(x)
            self.spend(size * (1 + depth // 16))
        out = rewrite(x, old, new)
        if self.spend is not uncounted:
            size, depth = measure(out)
            need(depth <= NESTED, "a term is nested too deeply")
            self.spend(2 * size)
        return out

    def replace(self, x: str, t: Term, new: Mapping[str, str]) -> "State":
        """The state with a term for a variable, which is gone then."""
        kinds = {**{k: v for k, v in self.kinds.items() if k != x}, **new}
        self.spend(2 * len(kinds))
        facts = {self.put(f, {x: t}): None for f in self.facts}
        return State(kinds, facts, self.put(self.goal, {x: t}), self.spend)

    def term(self, x: Json) -> Term:
        """A term of a certificate, about variables that are declared."""
        return self.scoped(read_term(x))

    def formula(self, x: Json) -> Formula:
        """A formula of a certificate in normal form, about variables that are declared."""
        return self.scoped(normal(read_formula(x), self.spend))

    def scoped(self, x: Scoped) -> Scoped:
        """The same, refused where it mentions a variable that is not declared here."""
        self.count(x)
        need(all(name in self.kinds for name in names_in(x)), "a variable is not declared here")
        return x

    def fresh(self, x: Json) -> str:
        """A name that nothing in this state mentions: what is not declared is mentioned nowhere."""
        name = read_name(x)
        need(name not in self.kinds, f"the name {shown(x)} is already used")
        return name

    def whole(self, t: Term) -> bool:
        """Whether ``t`` is an integer: by its form, under conditions that are known."""
        conditions = whole_when(t, self.kinds, self.spend)
        return conditions is not None and all(self.knows(normal(c, self.spend)) for c in conditions)

    def knows(self, f: Formula) -> bool:
        """Whether ``f`` (in normal form) is a fact, or weaker than one about the same terms, or numerically true."""
        if self.spend is not uncounted:
            size, depth = measure(f)
            self.spend(size * (1 + depth // 16))
        return self.known(f)

    def known(self, f: Formula) -> bool:
        """``knows`` for a formula that was counted."""
        facts = self.facts
        if f in facts or FALSE in facts:
            return True
        op = f[0]
        if op in ("and", "or"):
            return (all if op == "and" else any)(self.known(a) for a in f[1:])
        a, b = f[1], f[2]
        if not isinstance(a, (str, tuple)) and not isinstance(b, (str, tuple)):
            return bool({"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b}[op])
        if a == b:
            return op in ("==", "<=")
        if op == "<=":
            return any(g in facts for g in (("<", a, b), ("==", a, b), ("==", b, a)))
        if op == "!=":
            return any(g in facts for g in (("!=", b, a), ("<", a, b), ("<", b, a)))
        return op == "==" and ("==", b, a) in facts


Remaining: TypeAlias = list[tuple[State, Json]]  # the states that a rule leaves, each with its proof as it was read
