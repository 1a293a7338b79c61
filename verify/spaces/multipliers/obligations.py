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

import sympy as sp

from verify.kernel import Refused, check
from verify.kernel.reals.formulas import normal
from verify.language import logic
from verify.language.json_form import to_json
from verify.language.logic import Rel, Sequent
from verify.language.rational_functions import Raw, term_of
from verify.prover.border import Statement
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, dump
from verify.prover.search import Search
from verify.runtime.budget import SECOND, Budget, Spent
from verify.runtime.defects import defect
from verify.spaces.multipliers.conditions import Conditions
from verify.spaces.multipliers.gram import SignProof
from verify.spaces.multipliers.ratios import NotRational, Ratio

SIGN_WORK = 2 * SECOND  # for the sign of one factor; nearly all take a hundredth of that. The methods get shares of it:
# gamma*mu < 1 from gamma^2*L*mu <= 1 takes 0.4 seconds, and is not found with one
_ALL = frozenset((-1, 0, 1))
_ALLOWED: dict[str, set[int]] = {
    ">": {1}, ">=": {0, 1}, "<": {-1}, "<=": {-1, 0}, "!=": {-1, 1}, "==": {0},
}  # fmt: skip


class Factor:
    """An irreducible polynomial, its possible signs as far as shown, and the proof of that."""

    def __init__(self, form: Ratio) -> None:
        self.form = form
        self.signs = _ALL
        self.formula: Raw = ()
        self.proof: Node | None = None
        self.asked: set[str] = set()  # the relations that were tried


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
        self.budget = budget
        self.under = Conditions(parameters, conditions, budget, integers, symbols)
        self.home, self.names = self.under.home, self.under.names
        self.points, self.edges = self.under.points, self.under.edges
        self.factors: dict[str, Factor] = {}
        self.made: dict[tuple[str, Ratio], SignProof | None] = {}

    # ------------------------------------------------------------ asking

    def known(self, relation: str, expression: sp.Expr) -> SignProof | None:
        """A theorem that an expression stands in this relation to 0 where the conditions hold; None if not found."""
        try:
            return self.proof(relation, self.home.read(expression))
        except (NotRational, ZeroDivisionError):
            return None

    def holds(self, relation: str, form: Ratio) -> bool:
        """Whether ``form relation 0``, and its denominator is not zero, where the conditions hold: as far as shown."""
        form = self.under.reduced(form)
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

    def _decide(self, factor: Factor, strict: bool) -> None:
        """Guess the sign of a factor from exact points, and prove it."""
        inside = self.under.side(factor.form)
        seen = inside | {(v > 0) - (v < 0) for v in map(factor.form.at, self.edges)}
        if {1, -1} <= seen:
            return
        t = self.home.field.term(factor.form.top)
        for side in (1, -1) if not inside - {0} else (-1,) if -1 in inside else (1,):
            for op in ("<",) if strict else ("<", "<="):
                if op + str(side) in factor.asked or (op == "<" and 0 in seen):
                    continue
                factor.asked.add(op + str(side))
                formula = (op, *((0, t) if side > 0 else (t, 0)))
                node = self.under.search(formula, SIGN_WORK)
                if node is not None:
                    factor.signs = frozenset((side,) if op == "<" else (side, 0))
                    factor.proof, factor.formula = node, formula
                    return

    # ------------------------------------------------------------ theorems

    def proof(self, relation: str, form: Ratio) -> SignProof | None:
        """The theorem, accepted by the checker, that ``form relation 0`` where the conditions hold."""
        key = (relation, form)
        if key not in self.made:
            self.made[key] = self._theorem(relation, form) if self.holds(relation, form) else None
        return self.made[key]

    def _theorem(self, relation: str, form: Ratio) -> SignProof | None:
        goal = Rel(relation, term_of(form.raw()), logic.ZERO)
        sequent = Sequent(self.under.variables, self.under.written, goal)
        name = "sign " + hashlib.sha256(json.dumps(to_json(sequent)).encode()).hexdigest()[:12]
        statement = Statement(sequent, name)
        search = Search(Budget(SIGN_WORK))
        try:
            builder = ProofBuilder(search.checker, statement.state(search.checker))
            for fact, node in [*self.under.steps, *self._facts_on(form)]:
                if not builder.state.knows(normal(fact)):
                    builder.have(fact, node)
            last = self._closing(builder, form)
            if last is None:  # as where an equation was used: the factors are not those that were decided
                with search.budget.running():
                    last = search.solve(builder.state)
            if last is None:
                return None
            certificate = _checked(statement, builder, last)
        except Spent:
            return None
        except Refused as reason:
            defect("the checker refused the proof of a sign", reason)
            return None
        finally:
            self.budget.spend(search.budget.used)
        return SignProof(relation, form.expression(), certificate["theorems"][0])

    def _facts_on(self, form: Ratio) -> list[tuple[Raw, Node]]:
        """The signs of the factors that were shown."""
        parts = self.under.reduced(form).factors()[1]
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
            for c in dict.fromkeys((number, -number, 1, -1)):
                options += [{"rule": "sign", "factors": [[str(c), "1"], *ps]} for ps in (written, below)]
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


def _checked(statement: Statement, builder: ProofBuilder, last: Node) -> dict[str, Any]:
    """The certificate, accepted by the checker: without the steps that nothing mentions, if it does without them."""
    short, text = builder.fork(), json.dumps(last)
    kept: list[Node] = []
    for node in reversed(builder.nodes):
        terms = [json.dumps(t) for t in node["formula"][1:] if t != "0"]
        if any(t in text for t in terms):
            kept.append(node)
            text += json.dumps(node)
    short.nodes = kept[::-1]
    certificate = statement.certificate(short.close(last))
    try:
        check(certificate)
    except Refused:
        certificate = statement.certificate(builder.close(last))
        check(certificate)
    return certificate
