"""The rule ``slope``: the mean value theorem on both sides of a point (``Slopes.v``)."""

from dataclasses import dataclass

from verify.coq.reals.knowledge import assume, must
from verify.coq.reals.notation import formula, term
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.derivatives import Place, continuity, slope
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Script, Work
from verify.kernel.reals.derivatives import derivative
from verify.kernel.reals.terms import Formula, Term, minus, substitute


def rule_slope(work: Work, scope: Scope, step: Step) -> Rest:
    """The goal a REL b, for f = b - a: the goal at the point, and the signs of the slopes on both sides."""
    script = work.script
    relation, a, b = step.state.goal
    x, start, y = str(step.node["variable"]), step.state.term(step.node["point"]), str(step.node["new"])
    f = substitute(minus(b, a), {x: y})
    moved = relation == "<" and step.state.knows(("!=", x, start))
    it = Sides(work, scope, step, x, start, y, f, derivative(f, y), moved)
    base = script.fresh()
    script.line(f"assert ({base} : {formula(step.after[0].state.goal, scope.names)}).")
    work.block(scope, step.after[0])
    right, left = it.grows(True), it.grows(False)
    base = it.at_start("<=" if moved else relation, base)
    short = "lt" if relation == "<" else "le"
    around = f"{it.function(f)} {it.text(start)} {it.text(x)}"
    apart = must(script, scope, ("!=", x, start)) if moved else ""
    around = f"around_ne {around} {apart}" if moved else f"around_{short} {around}"
    ends = " ".join(it.text(t) for t in (a, b, minus(b, a)))
    script.line(f"exact (of_{short} {ends} eq_refl ({around} {base} {right} {left})).")
    return None


@dataclass(frozen=True)
class Sides:
    """The function f of a new variable and its derivative, which say how f compares at a variable and at a point."""

    work: Work
    scope: Scope
    step: Step
    variable: str
    start: Term
    new: str
    f: Term
    derivative: Term
    moved: bool  # the slopes are strict

    @property
    def script(self) -> Script:
        return self.work.script

    def text(self, t: Term) -> str:
        """A term, outside of the function."""
        return term(t, self.scope.names)

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
        return self.script.stated(claim, f"cbv beta; rewrite ?pw_lit, ?pw_lit0, ?pw_neg; exact {base}")

    def place(self, scope: Scope, point: str) -> Place:
        """The new variable at a point, with what is known in a scope."""
        state = self.step.after[1].state  # where the new variable is declared
        return Place(self.work, scope, state, self.scope.names, self.new, point)

    def grows(self, right: bool) -> str:
        """The name of a proof that f is larger at the variable than at the point, if it lies on that side of it."""
        script, shown = self.script, self.shown(right)
        low, high = (self.start, self.variable) if right else (self.variable, self.start)
        f, d = self.function(self.f), self.function(self.derivative)
        name, apart = script.fresh(), script.fresh()
        claim = f"{f} {self.text(self.start)} {'<' if self.moved else '<='} {f} {self.text(self.variable)}"
        script.line(f"assert ({name} : {self.text(low)} < {self.text(high)} -> {claim}).")
        lemma = ("slope_rises" if right else "slope_falls") + ("_strictly" if self.moved else "")
        script.line(f"{{ intro {apart}. refine ({lemma} {f} {d} {self.text(low)} {self.text(high)} {apart} _ _ _).")
        for part in ("continuous", "slope", "sign"):
            y, above, below = script.fresh("y"), script.fresh(), script.fresh()
            script.line(f"- intros {y} {above} {below}.")
            inside = part != "continuous"
            order = f"(Rlt_le _ _ {above}) (Rlt_le _ _ {below})" if inside else f"{above} {below}"
            inner = self.learned(right, f"{shown} {apart} {y} {order}", y, (above, below) if inside else None)
            place = self.place(inner, y)
            if part == "continuous":
                script.line(f"exact {continuity(place, self.f)}.")
            elif part == "slope":
                proof, found = slope(place, self.f)
                wanted = place.value(self.derivative)
                same = script.stated(f"{found} = {wanted}", "unfold Rdiv; ring")
                script.line(f"exact (dl_eq {f} {y} {found} {wanted} {proof} {same}).")
            else:
                relation = "<" if self.moved else "<="
                signs = (relation, 0, self.derivative) if right else (relation, self.derivative, 0)
                script.line(f"exact {must(script, inner, signs)}.")
        script.line("}")
        return name

    def shown(self, right: bool) -> str:
        """The name of a proof of what remains on one side, for all values of the new variable."""
        script, after = self.script, self.step.after[1 if right else 2]
        low, high = (self.start, self.variable) if right else (self.variable, self.start)
        name, y = script.fresh(), script.fresh("y")
        apart, above, below = (script.fresh() for _ in range(3))
        inner = self.scope.copy()
        inner.names[self.new] = y
        goal = formula(after.state.goal, inner.names)
        between = f"{self.text(low)} <= {y} -> {y} <= {self.text(high)}"
        script.line(f"assert ({name} : {self.text(low)} < {self.text(high)} -> forall {y} : R, {between} -> {goal}).")
        script.line(f"{{ intros {apart} {y} {above} {below}.")
        assume(script, inner, ("<", low, high), apart)
        assume(script, inner, ("<=", low, self.new), above)
        assume(script, inner, ("<=", self.new, high), below)
        self.work.prove(inner, after)
        script.line("}")
        return name

    def learned(self, right: bool, proof: str, y: str, strictly: tuple[str, str] | None) -> Scope:
        """What was shown, at a point: where f is defined; and strictly between the ends, what is known of the slope.

        There the goal of the checker says ``y <= low or high <= y or ...``, of which the last is left.
        """
        script, goal = self.script, self.step.after[1 if right else 2].state.goal
        inner = self.scope.copy()
        inner.names[self.new] = y
        name = script.fresh()
        script.line(f"pose proof ({proof}) as {name}.")
        assume(script, inner, goal, name)
        if strictly is not None:
            choice: Formula = goal if goal[0] == "or" else goal[-1]
            before, after, between = (script.fresh() for _ in range(3))
            script.line(f"destruct {must(script, inner, choice)} as [{before}|[{after}|{between}]].")
            for less, at_most in zip(strictly, (before, after), strict=True):
                script.line(f"{{ destruct (Rlt_irrefl _ (Rlt_le_trans _ _ _ {less} {at_most})). }}")
            assume(script, inner, choice[-1], between)
        return inner
