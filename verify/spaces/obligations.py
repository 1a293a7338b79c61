"""Signs of terms in the parameters alone, proved for all values under the conditions, as theorems of the reals checker.

The sign of a rational function is that of its irreducible factors; each factor is decided once. What is proved is put
into one theorem for each sign that is asked for: the conditions as its hypotheses, every factor's sign as a step.
Source: the rule of signs; the factors are FLINT's, their signs the general prover's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import flint
import sympy as sp

from verify.kernel import Refused, check
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.state import State
from verify.language import logic
from verify.language.json_form import to_json
from verify.language.logic import Rel, Sequent
from verify.language.rational_functions import Raw, raw, term_of
from verify.prover.api import PRECISION, same_depth
from verify.prover.border import Statement
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, dump
from verify.prover.search import Search
from verify.runtime.budget import SECOND, Budget, Spent
from verify.runtime.defects import defect
from verify.spaces.gram import SignProof
from verify.spaces.points import Gap, Values, boundary, inner
from verify.spaces.ratios import NotRational, Ratio, Ratios

POINTS = 48  # inner points: a fit of multipliers wants more than there are factors, some 30
SIGN_WORK = SECOND  # for the sign of one factor; nearly all take a hundredth of that
GUESS_WORK = SECOND // 2  # for a strict sign where a weak one would do
MOST_EQUATIONS = 6  # that are used to eliminate parameters


class Signs:
    """What is known of the signs of rational functions of the parameters, under some conditions."""

    def __init__(
        self,
        parameters: Sequence[str],
        conditions: Sequence[Rel],
        budget: Budget,
        *,
        integers: Sequence[str] = (),
        symbols: Sequence[sp.Symbol] = (),
    ) -> None:
        self.home = Ratios(parameters, symbols)
        self.integers = frozenset(integers)
        self.conditions, self.budget = tuple(conditions), budget
        self.variables = tuple((x, "integer" if x in self.integers else "real") for x in parameters)
        empty = Statement(Sequent(self.variables, self.conditions, logic.TRUE))  # type: ignore[arg-type]
        self.facts = dict(empty.state(Search(Budget()).checker).facts)
        self.kinds: dict[str, str] = dict(self.variables)
        self.steps: list[tuple[Raw, Node]] = []  # facts made of the conditions, with their proofs
        self.eliminated: list[Elimination] = []
        self.factors: dict[str, Factor] = {}
        self.made: dict[tuple[str, Ratio], SignProof | None] = {}
        self.points: list[Values] = []
        self.edges: list[Values] = []
        self.gaps = self._simplified()
        self.names = [x for x in self.home.names if x not in {e.name for e in self.eliminated}]
        self.points = inner(self.home, self.names, self.gaps, self.integers, POINTS)
        self.edges = boundary(self.names, self.gaps, self.points)

    # ------------------------------------------------------------ asking

    def known(self, relation: str, expression: sp.Expr) -> SignProof | None:
        """A theorem that an expression stands in this relation to 0 where the conditions hold; None if not found."""
        try:
            return self.proof(relation, self.home.read(expression))
        except (NotRational, ZeroDivisionError):
            return None

    def holds(self, relation: str, form: Ratio) -> bool:
        """Whether ``form relation 0``, and its denominator is not zero, where the conditions hold: as far as shown."""
        form = self.reduced(form)
        if not form:
            return relation in (">=", "<=", "==")
        number, parts = form.factors()
        weak = relation in (">=", "<=")
        signs = {1 if number > 0 else -1}
        for p, k in parts:
            even = weak and k > 0 and k % 2 == 0  # a square, whatever its base
            found = _ALL if even else self.sign(p, strict=not weak or k < 0)
            if k < 0 and 0 in found:
                return False
            signs = {a * b ** abs(k) for a in signs for b in found}
        return signs <= _ALLOWED[relation]

    def sign(self, p: Ratio, *, strict: bool) -> frozenset[int]:
        """The signs that an irreducible polynomial can have, as far as shown: a subset of -1, 0, 1."""
        factor = self.factors.setdefault(str(p.top), Factor(p))
        if 0 in factor.signs and (strict or len(factor.signs) == len(_ALL)):
            self._decide(factor, strict)
        return factor.signs

    def reduced(self, form: Ratio) -> Ratio:
        """The same where the equations hold, without the parameters that they eliminate."""
        for e in self.eliminated:
            form = form.put(e.name, e.value)
        return form

    # ------------------------------------------------------------ theorems

    def proof(self, relation: str, form: Ratio) -> SignProof | None:
        """The theorem, accepted by the checker, that ``form relation 0`` where the conditions hold."""
        key = (relation, form)
        if key not in self.made:
            self.made[key] = self._theorem(relation, form) if self.holds(relation, form) else None
        return self.made[key]

    def _theorem(self, relation: str, form: Ratio) -> SignProof | None:
        goal = Rel(relation, term_of(form.raw()), logic.ZERO)
        data = to_json(Sequent(self.variables, self.conditions, goal))  # type: ignore[arg-type]
        name = "sign " + hashlib.sha256(json.dumps(data).encode()).hexdigest()[:12]
        statement = Statement(Sequent(self.variables, self.conditions, goal), name)  # type: ignore[arg-type]
        search = Search(Budget(SIGN_WORK))
        try:
            builder = ProofBuilder(search.checker, statement.state(search.checker))
            for fact, node in [*self.steps, *self._facts_on(form)]:
                if not builder.state.knows(normal(fact)):
                    builder.have(fact, node)
            last = self._closing(builder, form)
            if last is None:
                with search.budget.running():
                    last = search.solve(builder.state)
            if last is None:
                return None
            certificate = statement.certificate(builder.close(last))
            check(certificate)
        except (Refused, Spent) as reason:
            defect("the checker refused a sign", reason) if isinstance(reason, Refused) else None
            return None
        finally:
            self.budget.spend(search.budget.used)
        return SignProof(relation, form.expression(), certificate["theorems"][0])

    def _facts_on(self, form: Ratio) -> list[tuple[Raw, Node]]:
        """The signs of the factors that were shown."""
        parts = self.reduced(form).factors()[1]
        found = [self.factors[str(p.top)] for p, _ in parts if str(p.top) in self.factors]
        return [(f.formula, f.proof) for f in found if f.proof is not None]

    def _closing(self, builder: ProofBuilder, form: Ratio) -> Node | None:
        """The product of the signs, once for the term itself and once for each denominator in it."""
        number, parts = form.factors()
        written = [[dump(self.home.field.term(p.top)), str(k)] for p, k in parts]
        below = [[t, k.lstrip("-")] for t, k in written if k.startswith("-")]
        goals = builder.state.goal[1:] if builder.state.goal[0] == "and" else (builder.state.goal,)
        nodes: list[Node] = []
        for goal in goals:
            state = builder.state.assume(goal=goal)
            options: list[Node] = [KNOWN]
            for c in (number, -number, 1, -1):
                for factors in (written, below):
                    options.append({"rule": "sign", "factors": [[str(c), "1"], *factors]})
            for node in options:
                try:
                    builder.checker.step(state, node)
                except Refused:
                    continue
                nodes.append(node)
                break
            else:
                return None
        return {"rule": "split", "proofs": nodes} if builder.state.goal[0] == "and" else nodes[0]

    # ------------------------------------------------------------ deciding

    def _decide(self, factor: Factor, strict: bool) -> None:
        """Guess the sign of a factor from exact points, and prove it."""
        seen = {_sign(factor.form.at(p)) for p in (*self.points, *self.edges)}
        if {1, -1} <= seen:
            return
        side = -1 if -1 in seen else 1
        for op in (">",) if strict else (">", ">="):
            if op in factor.asked or (op == ">" and 0 in seen):
                continue
            factor.asked.add(op)
            t = self.home.field.term(factor.form.top)
            formula = ("<" if op == ">" else "<=", *((0, t) if side > 0 else (t, 0)))
            node = self.search(formula, SIGN_WORK if strict or op == ">=" else GUESS_WORK)
            if node is not None:
                factor.signs = frozenset((side,) if op == ">" else (side, 0))
                factor.proof, factor.formula = node, formula
                return

    def search(self, formula: Raw, work: int, facts: dict[Raw, None] | None = None) -> Node | None:
        """A proof of a formula from the simplified conditions; its work is counted."""
        budget = Budget(min(work, self.budget.left))
        state = State(self.kinds, dict(self.facts if facts is None else facts), normal(formula))
        node = None
        with flint.ctx.workprec(PRECISION), budget.running(), same_depth():
            try:
                node = Search(budget).solve(state)
            except (Spent, RecursionError, Refused):
                node = None
        self.budget.spend(min(budget.used, work))
        return node

    # ------------------------------------------------------------ conditions

    def _simplified(self) -> list[Gap]:
        """The conditions without denominators of known sign, and without the parameters that equations eliminate."""
        original = dict(self.facts)
        gaps: list[tuple[int, Gap]] = []
        facts: dict[Raw, None] = {}
        for i, condition in enumerate(self.conditions):
            try:
                gap = self.home.gap(condition)
            except NotRational:  # it stays as it is: a fact, but no help in choosing points
                facts[normal(raw(condition))] = None
                continue
            flipped = condition.op in ("<", "<=")
            op: Any = {"<": ">", "<=": ">="}.get(condition.op, condition.op)
            gaps.append((i, Gap(op, -gap if flipped else gap)))
        for i, equation in [(i, g.form) for i, g in gaps if g.op == "=="][:MOST_EQUATIONS]:
            self._eliminate(i, equation)
        out: list[Gap] = []
        for _, written in gaps:
            if written.op == "==":
                continue
            simple = self._cleared(Gap(written.op, self.reduced(written.form)), original)
            if simple.form.constant:
                continue
            out.append(simple)
            t = self.home.field.term(simple.form.top) if simple.form.over().constant else simple.form.raw()
            op = {">": "<", ">=": "<=", "!=": "!="}[simple.op]
            fact = (op, 0, t)
            node = KNOWN if State(self.kinds, original, fact).knows(fact) else self.search(fact, SIGN_WORK, original)
            if node is None:
                continue
            facts[normal(fact)] = None
            if node is not KNOWN:
                self.steps.append((fact, node))
        if facts:
            self.facts = facts
        return out

    def _cleared(self, gap: Gap, facts: dict[Raw, None]) -> Gap:
        """The numerator with the sign of the denominator, where that has one."""
        below = gap.form.over()
        if below.constant or gap.op == "!=":
            return Gap(gap.op, Ratio(self.home, gap.form.top, self.home.field.one))
        t = self.home.field.term(below.top)
        for side in (1, -1):
            if self.search(("<", *((0, t) if side > 0 else (t, 0))), GUESS_WORK, facts) is not None:
                top = Ratio(self.home, gap.form.top, self.home.field.one)
                return Gap(gap.op, top if side > 0 else -top)
        return gap

    def _eliminate(self, index: int, form: Ratio) -> None:
        """Use an equation for a parameter in which it is linear, where the factor before it is not zero."""
        form = self.reduced(form)
        taken = {e.name for e in self.eliminated}
        options = []
        for name in self.home.names:
            if name in taken or name in self.integers or form.top.degrees()[self.home.names.index(name)] != 1:
                continue
            slope = self.home.coefficient(form.top, name, 1)
            options.append((not slope.constant, slope.size, name, slope))
        for _, _, name, slope in sorted(options, key=lambda o: o[:3]):
            t = self.home.field.term(slope.top)
            if slope.constant or self.search(("!=", t, 0), GUESS_WORK) is not None:
                value = -self.home.coefficient(form.top, name, 0) / slope
                self.eliminated.append(Elimination(index, name, value))
                return


class Elimination:
    """A parameter, its value, and the place of the condition that says so."""

    def __init__(self, index: int, name: str, value: Ratio) -> None:
        self.index, self.name, self.value = index, name, value


class Factor:
    """An irreducible polynomial, its possible signs as far as shown, and the proof of that."""

    def __init__(self, form: Ratio) -> None:
        self.form = form
        self.signs = _ALL
        self.formula: Raw = ()
        self.proof: Node | None = None
        self.asked: set[str] = set()  # the relations that were tried


_ALL = frozenset((-1, 0, 1))
_ALLOWED: dict[str, set[int]] = {
    ">": {1}, ">=": {0, 1}, "<": {-1}, "<=": {-1, 0}, "!=": {-1, 1}, "==": {0},
}  # fmt: skip


def _sign(value: flint.fmpq) -> int:
    return 1 if value > 0 else -1 if value < 0 else 0
