"""The rule ``slope``: the mean value theorem on both sides of a point (``Slopes.v``)."""

from dataclasses import dataclass

from verify.coq.reals.rules.derivatives import Place, continuity, slope
from verify.coq.reals.rules.exporting import Exporter, Scope, Step
from verify.kernel.reals.derivatives import derivative
from verify.kernel.reals.terms import Formula, Term, minus, substitute


def rule_slope(exporter: Exporter, scope: Scope, step: Step) -> None:
    """The goal a REL b, for f = b - a: the goal at the point, and the signs of the slopes on both sides."""
    relation, a, b = step.state.goal
    x, start, y = str(step.node["variable"]), step.state.term(step.node["point"]), str(step.node["new"])
    f = substitute(minus(b, a), {x: y})
    moved = relation == "<" and step.state.knows(("!=", x, start))
    it = Sides(exporter, scope, step, x, start, y, f, derivative(f, y), moved)
    base = exporter.fresh()
    exporter.line(f"assert ({base} : {exporter.formula(step.after[0][0].goal, scope.names)}).")
    exporter.line("{")
    exporter.prove(scope.copy(), *step.after[0])
    exporter.line("}")
    right, left = it.grows(True), it.grows(False)
    base = it.at_start("<=" if moved else relation, base)
    short = "lt" if relation == "<" else "le"
    around = f"{it.function(f)} {it.text(start)} {it.text(x)}"
    apart = exporter.must(scope, ("!=", x, start)) if moved else ""
    around = f"around_ne {around} {apart}" if moved else f"around_{short} {around}"
    ends = " ".join(it.text(t) for t in (a, b, minus(b, a)))
    exporter.line(f"exact (of_{short} {ends} eq_refl ({around} {base} {right} {left})).")


@dataclass(frozen=True)
class Sides:
    """The function f of a new variable and its derivative, which say how f compares at a variable and at a point."""

    exporter: Exporter
    scope: Scope
    step: Step
    variable: str
    start: Term
    new: str
    f: Term
    derivative: Term
    moved: bool  # the slopes are strict

    def text(self, t: Term) -> str:
        """A term, outside of the function."""
        return self.exporter.term(t, self.scope.names)

    def function(self, t: Term) -> str:
        """A term as a function of the new variable."""
        return self.place(self.scope, self.new).function(t)

    def at_start(self, relation: str, base: str) -> str:
        """The goal at the point as one about the function there: an exponent that became a literal is one of ``pw``."""
        todo: list[Term] = [self.f]
        literals = False
        for t in todo:
            if isinstance(t, tuple):
                todo.extend(t[1:])
                became = t[0] == "^" and isinstance(substitute(t[2], {self.new: self.start}), int)
                literals = literals or (became and not isinstance(t[2], int))
        if not literals:
            return base
        claim = f"0 {relation} {self.function(self.f)} {self.text(self.start)}"
        return self.exporter.asserted(self.scope, claim, f"cbv beta; rewrite ?pw_lit, ?pw_lit0, ?pw_neg; exact {base}")

    def place(self, scope: Scope, point: str) -> Place:
        """The new variable at a point, with what is known in a scope."""
        state = self.step.after[1][0]  # where the new variable is declared
        return Place(
            self.new,
            point,
            state.kinds,
            self.scope.names,
            self.exporter.term,
            lambda f: self.exporter.must(scope, f),
            lambda t: self.exporter.integer(scope, state, t),
        )

    def grows(self, right: bool) -> str:
        """The name of a proof that f is larger at the variable than at the point, if it lies on that side of it."""
        exporter, shown = self.exporter, self.shown(right)
        low, high = (self.start, self.variable) if right else (self.variable, self.start)
        f, d = self.function(self.f), self.function(self.derivative)
        name, apart = exporter.fresh(), exporter.fresh()
        claim = f"{f} {self.text(self.start)} {'<' if self.moved else '<='} {f} {self.text(self.variable)}"
        exporter.line(f"assert ({name} : {self.text(low)} < {self.text(high)} -> {claim}).")
        lemma = ("slope_rises" if right else "slope_falls") + ("_strictly" if self.moved else "")
        exporter.line(f"{{ intro {apart}. refine ({lemma} {f} {d} {self.text(low)} {self.text(high)} {apart} _ _ _).")
        for part in ("continuous", "slope", "sign"):
            y, above, below = exporter.fresh("y"), exporter.fresh(), exporter.fresh()
            exporter.line(f"- intros {y} {above} {below}.")
            inside = part != "continuous"
            order = f"(Rlt_le _ _ {above}) (Rlt_le _ _ {below})" if inside else f"{above} {below}"
            inner = self.learned(right, f"{shown} {apart} {y} {order}", y, (above, below) if inside else None)
            place = self.place(inner, y)
            if part == "continuous":
                exporter.line(f"exact {continuity(place, self.f)}.")
            elif part == "slope":
                proof, found = slope(place, self.f)
                wanted = place.value(self.derivative)
                same = exporter.asserted(inner, f"{found} = {wanted}", "unfold Rdiv; ring")
                exporter.line(f"exact (dl_eq {f} {y} {found} {wanted} {proof} {same}).")
            else:
                relation = "<" if self.moved else "<="
                signs = (relation, 0, self.derivative) if right else (relation, self.derivative, 0)
                exporter.line(f"exact {exporter.must(inner, signs)}.")
        exporter.line("}")
        return name

    def shown(self, right: bool) -> str:
        """The name of a proof of what remains on one side, for all values of the new variable."""
        exporter = self.exporter
        state, proof = self.step.after[1 if right else 2]
        low, high = (self.start, self.variable) if right else (self.variable, self.start)
        name, y = exporter.fresh(), exporter.fresh("y")
        apart, above, below = (exporter.fresh() for _ in range(3))
        inner = self.scope.copy()
        inner.names[self.new] = y
        goal = exporter.formula(state.goal, inner.names)
        between = f"{self.text(low)} <= {y} -> {y} <= {self.text(high)}"
        exporter.line(f"assert ({name} : {self.text(low)} < {self.text(high)} -> forall {y} : R, {between} -> {goal}).")
        exporter.line(f"{{ intros {apart} {y} {above} {below}.")
        exporter.assume(inner, ("<", low, high), apart)
        exporter.assume(inner, ("<=", low, self.new), above)
        exporter.assume(inner, ("<=", self.new, high), below)
        exporter.prove(inner, state, proof)
        exporter.line("}")
        return name

    def learned(self, right: bool, proof: str, y: str, strictly: tuple[str, str] | None) -> Scope:
        """What was shown, at a point: where f is defined; and strictly between the ends, what is known of the slope.

        There the goal of the checker says ``y <= low or high <= y or ...``, of which the last is left.
        """
        exporter, goal = self.exporter, self.step.after[1 if right else 2][0].goal
        inner = self.scope.copy()
        inner.names[self.new] = y
        name = exporter.fresh()
        exporter.line(f"pose proof ({proof}) as {name}.")
        exporter.assume(inner, goal, name)
        if strictly is not None:
            choice: Formula = goal if goal[0] == "or" else goal[-1]
            before, after, between = (exporter.fresh() for _ in range(3))
            exporter.line(f"destruct {exporter.must(inner, choice)} as [{before}|[{after}|{between}]].")
            for less, at_most in zip(strictly, (before, after), strict=True):
                exporter.line(f"{{ destruct (Rlt_irrefl _ (Rlt_le_trans _ _ _ {less} {at_most})). }}")
            exporter.assume(inner, choice[-1], between)
        return inner
