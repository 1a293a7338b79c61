"""From what was written to what it means: functions, conditional expectations and equations become names with sorts,
definitions and hypotheses, all of which the certificate shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verify.kernel.reals.terms import Formula, Term, minus
from verify.kernel.reals.work import uncounted
from verify.kernel.spaces.conditions import conditions
from verify.kernel.spaces.sorts import level_of
from verify.kernel.spaces.terms import closed, names
from verify.runtime.errors import BadInput
from verify.spaces.meaning.function_points import FunctionPoints
from verify.spaces.meaning.known import Known, expanded
from verify.spaces.meaning.reasons import Named, check_sorts, functions_of, named
from verify.spaces.meaning.stages import Stages, same
from verify.spaces.meaning.terms import Terms
from verify.spaces.models.functions import FunctionUse
from verify.spaces.models.interpolation import covered
from verify.spaces.models.witness import Witness
from verify.spaces.problems.problem import Hypothesis, Problem, Sort
from verify.spaces.reading.prudence import refuse
from verify.spaces.reading.sorts import Sorts, infer
from verify.spaces.reading.surface import Chain, Claim, Node
from verify.spaces.reading.text import term_text
from verify.spaces.reading.uses import steps

AS_BOUNDS = "write mu <= A <= L"


@dataclass(frozen=True)
class Meaning:
    """The problem that a claim states, its functions, and the groups of names that are independent of each other.

    ``constant``: names that count as random in proofs, though nothing declares them so (``Stages.taken_for_random``).
    """

    problem: Problem
    functions: tuple[FunctionUse, ...]
    independent: tuple[tuple[str, ...], ...]
    constant: frozenset[str] = frozenset()
    stages: Stages | None = None
    unused: tuple[frozenset[str], ...] = ()  # the classes of functions that occur at no point
    named: tuple[Named, ...] = ()  # hypotheses of which it is said that they are used

    def admits(self, witness: Witness) -> bool:
        """Whether a counterexample is one of the claim.

        What nothing declares random is constant; a stage knows what is given and nothing more; functions that occur at
        no point exist, as they do in classes for which there is a theorem and constants that satisfy its conditions.
        """
        rows = [witness.model.values.get(name, ()) for name in self.constant]
        return (
            all(len(set(map(repr, row))) <= 1 for row in rows)
            and (self.stages is None or self.stages.generated(witness.model))
            and all(covered(set(kinds)) for kinds in self.unused)
        )

    @property
    def values(self) -> frozenset[str]:
        """The names that stand for values of functions."""
        return frozenset(u.value for f in self.functions for u in f.points.values() if u.value is not None)


def elaborate(claim: Claim) -> Meaning:
    """What a claim means; BadInput where sorts disagree or something has no meaning."""
    sorts = infer(claim)
    refuse(claim, sorts)
    elaborator = _Elaborator(claim, sorts)
    problem, functions = elaborator.run()
    used = {f.name for f in functions}
    unused = tuple(frozenset(c.what for c in cs) for name, cs in sorts.classes.items() if name not in used)
    stages = elaborator.stages
    named = elaborator.named(problem)
    return Meaning(problem, functions, sorts.independent, stages.taken_for_random, stages, unused, named)


class _Elaborator:
    def __init__(self, claim: Claim, sorts: Sorts) -> None:
        self.claim, self.sorts = claim, sorts
        self.stages = Stages(claim, sorts)
        self.points = FunctionPoints(set(sorts.kinds), frozenset(n for n in sorts.kinds if sorts.is_operator(n)))
        self.definitions: dict[str, Term] = {}
        self.hypotheses: list[Hypothesis] = []
        self.terms = Terms(sorts, self.stages, self.points)

    def run(self) -> tuple[Problem, tuple[FunctionUse, ...]]:
        """Assumptions first: what defines a name is put in everywhere by the checker."""
        for chain in self.claim.assumptions:
            self.assumption(chain)
        known = Known(self.sorts, self.stages, self.definitions, self.points.made)
        for chain in self.claim.assumptions:
            known.check(chain, lambda t: self.terms.vector(t) if self.sorts.of(t) == "vector" else self.terms.scalar(t))
        goals = tuple(self.terms.relation(op, a, b) for op, a, b in steps(self.claim.goal))
        self.mention()
        uses = tuple(self.uses())
        self.independence()
        ordered = self.ordered()
        found = self.all_names()
        self.defined_by_assumption(ordered, found)
        return Problem(found, tuple(ordered), tuple(self.hypotheses), goals, dict(self.points.shown)), uses

    # ------------------------------------------------------------ assumptions

    def assumption(self, chain: Chain) -> None:
        """Bounds of an operator, a definition, or a hypothesis."""
        if len(chain.terms) > 1 and any(self.sorts.of(t) == "operator" for t in chain.terms):
            self.operator_bounds(chain)
            return
        text = chain.text or " ".join(term_text(t) for t in chain.terms)
        self.terms.around = [(r.name, self.terms.scalar(r.lower), self.terms.scalar(r.upper)) for r in chain.ranges]
        for op, a, b in steps(chain):
            if op == "==" and not chain.ranges and self.define(a, b):
                continue
            f = self.terms.relation(op, a, b)
            for r in reversed(chain.ranges):
                f = ("all", self.terms.scalar(r.lower), self.terms.scalar(r.upper), closed(f, r.name))
            self.hypotheses.append(Hypothesis(f, f"assumed: {text}"))
        self.terms.around = []

    def define(self, a: Node, b: Node) -> bool:
        """Whether an equation gives a name for a number or a vector, and was put down as a definition."""
        vectors = "vector" in (self.sorts.of(a), self.sorts.of(b))
        convert = self.terms.vector if vectors else self.terms.scalar
        left, right = convert(a), convert(b)
        for name, value in ((left, right), (right, left)):
            if not isinstance(name, str) or name in self.definitions or name in self.stages.integers:
                continue
            if not (name in self.points.made or self.sorts.kinds.get(name) in ("real", "vector")):
                continue
            if not self.stages.may_define(name, value) or self.known_later(name, value):
                continue
            if name not in names(self.expanded(value)):
                self.definitions[name] = value
                return True
        return False

    def known_later(self, name: str, value: Term) -> bool:
        """Whether a term is known later than a name of the claim: then an equation says of the term that it is not."""
        return name not in self.points.made and level_of(value, self.all_names()) > self.stages.level(name)

    def expanded(self, t: Term) -> Term:
        """A term with all definitions so far put in."""
        return expanded(t, self.definitions)

    def operator_bounds(self, chain: Chain) -> None:
        """``mu <= A <= L``: what it says of <A u, u> for every vector u, and of A's spectrum; and of the numbers."""
        places = [i for i, t in enumerate(chain.terms) if self.sorts.of(t) == "operator"]
        if len(places) != 1 or chain.terms[places[0]].op != "name" or chain.ranges:
            raise BadInput(
                "the bounds of an operator are numbers", "write mu <= A <= L", chain.text, chain.terms[0].start
            )
        at, said = places[0], f"assumed: {chain.text}"
        bounds: dict[str, Term] = {}
        for i, (op, a, b) in enumerate(steps(chain)):
            if at not in (i, i + 1):
                self.hypotheses.append(Hypothesis((op, self.terms.scalar(a), self.terms.scalar(b)), said))
                continue
            if op not in ("<=", ">="):
                raise BadInput(
                    f"an operator is bounded by <= or >=, not by {op}", "write mu <= A <= L", chain.text, a.start
                )
            above = (op == "<=") == (i == at)
            number = self.terms.scalar(b if i == at else a)
            if bounds.setdefault("high" if above else "low", number) is not number:
                raise BadInput("two bounds on one side of an operator", AS_BOUNDS, chain.text, a.start)
        operator = str(chain.terms[at].args[0])
        applied, u = ("apply", operator, "#0"), "#0"
        form, length = ("inner", applied, u), ("inner", u, u)
        low, high = bounds.get("low"), bounds.get("high")
        if low is not None:
            self.hypotheses.append(Hypothesis(("every", ("<=", ("*", low, length), form)), said))
        if high is not None:
            self.hypotheses.append(Hypothesis(("every", ("<=", form, ("*", high, length))), said))
        if low is not None and high is not None:
            self.hypotheses.append(Hypothesis(("<=", low, high), said))
            product = ("inner", minus(applied, ("scale", low, u)), minus(("scale", high, u), applied))
            why = f"what {operator} is above its lower bound, and its upper bound above {operator}, commute"
            self.hypotheses.append(Hypothesis(("every", ("<=", 0, product)), f"{why} and are not negative"))

    def independence(self) -> None:
        """Independent X and Y: E<X, Y> = <E X, E Y>, and the same of products of numbers."""
        for group in self.sorts.independent:
            for i, x in enumerate(group):
                for y in group[i + 1 :]:
                    kinds = {self.sorts.kinds[x], self.sorts.kinds[y]}
                    if kinds == {"vector"}:
                        f: Formula = ("==", ("E", 0, ("inner", x, y)), ("inner", ("E", 0, x), ("E", 0, y)))
                    elif kinds == {"real"}:
                        f = ("==", ("E", 0, ("*", x, y)), ("*", ("E", 0, x), ("E", 0, y)))
                    elif kinds == {"real", "vector"}:
                        s, v = (x, y) if self.sorts.kinds[x] == "real" else (y, x)
                        f = ("same", ("E", 0, ("scale", s, v)), ("scale", ("E", 0, s), ("E", 0, v)))
                    else:
                        continue
                    self.hypotheses.append(Hypothesis(f, f"{x} and {y} are independent"))

    # ------------------------------------------------------------ functions

    def uses(self) -> Iterator[FunctionUse]:
        """The functions, with what their classes say among the hypotheses, and equal points joined."""
        sorts = self.all_names()
        for name in dict.fromkeys((*self.points.functions, *self.points.members, *self.sorts.classes)):
            self.joined(name, sorts)
            said = self.sorts.classes.get(name, ())
            classes = {c.what: None if c.parameter is None else self.terms.scalar(c.parameter) for c in said}
            zero = frozenset(n for n, t in self.definitions.items() if t == ("zero",))
            first = len(self.hypotheses)
            self.hypotheses += self.points.said(name, classes, zero)
            stated = frozenset(range(first, len(self.hypotheses)))
            if name in self.points.functions or name in self.points.members:
                yield self.points.use(name, classes, operator=self.sorts.is_operator(name), stated=stated)

    def joined(self, name: str, sorts: dict[str, Sort]) -> None:
        """Hypotheses that a function has one value and one gradient at points that are one."""
        points = tuple(self.points.functions.get(name, {}).values())
        expanded = [self.expanded(p.vector) for p in points]
        for i, p in enumerate(points):
            for q, other in zip(points[:i], expanded[:i], strict=True):
                if same(other, expanded[i], sorts):
                    why = f"{name} at {q.shown} and at {p.shown}, which are one point"
                    if not self.sorts.is_operator(name):
                        self.hypotheses.append(Hypothesis(("==", p.value, q.value), why))
                    self.hypotheses.append(Hypothesis(("same", p.gradient, q.gradient), why))

    # ------------------------------------------------------------ what is said to be used

    def mention(self) -> None:
        """Uses of functions at the points of which a reason speaks."""
        classes = [(name, [c.what for c in said]) for name, said in self.sorts.classes.items()]
        for reason in self.claim.reasons:
            check_sorts(reason, self.sorts)
            for name in functions_of(reason, classes):
                for p in reason.points:
                    self.terms.point(name, p)

    def named(self, problem: Problem) -> tuple[Named, ...]:
        """The hypotheses that reasons name."""
        rows = ((r, None if r.factor is None else self.terms.scalar(r.factor)) for r in self.claim.reasons)
        return tuple(named(reason, problem.hypotheses, factor) for reason, factor in rows)

    # ------------------------------------------------------------ names

    def ordered(self) -> list[tuple[str, Term]]:
        """The definitions, each behind those that it uses."""
        out: dict[str, Term] = {}
        todo = dict(self.definitions)
        while todo:
            ready = [n for n, t in todo.items() if not names(t) & set(todo)]
            for n in ready:
                out[n] = todo.pop(n)
        return list(out.items())

    def defined_by_assumption(self, ordered: list[tuple[str, Term]], sorts: dict[str, Sort]) -> None:
        """An equation that was assumed is defined: so are the terms that it gives."""
        for name, t in ordered:
            for f in conditions(t, sorts, uncounted):
                self.hypotheses.append(
                    Hypothesis(f, f"assumed: what '{self.points.shown.get(name, name)}' equals is defined")
                )

    def all_names(self) -> dict[str, Sort]:
        """Every name with its sort; levels grow until each is at least that of what it is made of."""
        found = {
            name: Sort(kind, self.stages.level(name))
            for name, kind in self.sorts.kinds.items() if kind != "function"
        }  # fmt: skip
        for name, made in self.points.made.items():
            found[name] = Sort(made.kind, 0)
        origins = {name: made.origin for name, made in self.points.made.items()}
        changed = True
        while changed:
            changed = False
            for name, t in (*self.definitions.items(), *origins.items()):
                level = level_of(t, found)
                if level > found[name].level:
                    found[name] = Sort(found[name].kind, level)
                    changed = True
        return found
