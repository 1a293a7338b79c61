"""A short deterministic prover for the leaves of a script: the signs of the factors of a difference decide a goal.

A factor's sign comes from the signs of its monomials, from a fact whose difference has that factor, or after a bounded
variable is written as its bound plus something positive. Equations between a variable and a term are used up first.
"""

from __future__ import annotations

from typing import Any

from verify.kernel.checker import FALSE, Checker, Formula, Refused, State, Term, names_in, negate, normal
from verify.language.rational_functions import Field, ZeroDenominator, atoms_of
from verify.prover.proof_builder import KNOWN, Node, Thread, by_contradiction, dump, minus
from verify.prover.tactics.bounds import Bound, add_bound, factor_terms, isolate

MOST_SUBSTITUTIONS, MOST_TERMS = 12, 1500
ORDERED = ("<", "<=", "!=")


def is_function(t: Term) -> bool:
    """A function value, which the algebra treats like a variable."""
    return isinstance(t, tuple) and (
        t[0] in ("log", "exp", "sqrt", "abs") or (t[0] == "^" and not isinstance(t[2], int))
    )


def parts_of(t: Term) -> set[Term]:
    """The subterms of a term."""
    return {t}.union(*(parts_of(a) for a in t[1:])) if isinstance(t, tuple) else {t}


class Leaves:
    """One prover for one certificate; every method returns a proof node or None."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.counter = 0

    def fresh(self, state: State) -> str:
        while True:
            self.counter += 1
            if f"t_{self.counter}" not in state.kinds:
                return f"t_{self.counter}"

    # ------------------------------------------------------------ logic

    def prove(self, state: State, depth: int = 4) -> Node | None:
        if state.knows(state.goal):
            return KNOWN
        if state.goal[0] == "and":
            proofs = []
            for i, part in enumerate(state.goal[1:]):
                proof = self.prove(state.assume(*state.goal[1 : i + 1], goal=part), depth)
                if proof is None:
                    return None
                proofs.append(proof)
            return {"rule": "split", "proofs": proofs}
        if state.goal[0] == "or" and len(state.goal) > 1:
            return self.one_of(state, depth)
        return self.relation(Thread(self.checker, state), depth)

    def one_of(self, state: State, depth: int) -> Node | None:
        """Prove one part of a disjunction, assuming that the others fail."""
        parts = state.goal[1:]
        for target in (parts[-1], *parts[:-1]):
            others = [p for p in parts if p != target]
            proof = self.prove(state.assume(*[negate(p) for p in others], goal=target), depth)
            if proof is not None:
                node: Node = {"rule": "have", "formula": dump(target), "proof": proof, "then": KNOWN}
                for p in reversed(others):
                    node = {"rule": "cases", "formula": dump(p), "yes": KNOWN, "no": node}
                return node
        return None

    def relation(self, thread: Thread, depth: int) -> Node | None:
        try:
            equations = sum(f[0] == "==" for f in thread.state.facts)
            if thread.state.goal[0] == "==" and equations == 1:
                proof = self.equation(thread.fork())
                if proof is not None:
                    return proof
            self.eliminate(thread)
            if thread.state.knows(thread.state.goal):
                return thread.close(KNOWN)
            plain = self.looking_at(thread, {f: None for f in thread.state.facts if f[0] != "or"})
            return self.ordered(plain) or self.branch(thread, depth)
        except (ZeroDenominator, Refused):
            return None

    def ordered(self, thread: Thread) -> Node | None:
        """Close a goal that is a relation, or false, from facts that are relations."""
        self.counts(thread)
        if thread.state.goal[0] == "==":
            return self.equation(thread)
        return self.inequality(thread) if thread.state.goal[0] in ORDERED else self.contradiction(thread)

    def looking_at(self, thread: Thread, facts: dict[Formula, None]) -> Thread:
        """The same thread, looking at fewer facts: its proofs hold with more facts too."""
        out = Thread(self.checker, State(thread.state.kinds, facts, thread.state.goal))
        out.nodes = list(thread.nodes)
        return out

    def branch(self, thread: Thread, depth: int) -> Node | None:
        """Use the disjunctions among the facts: drop the parts that are refuted, assume the one that is left."""
        for f in [f for f in thread.state.facts if f[0] == "or"] if depth > 0 else []:
            rest = {g: None for g in thread.state.facts if g != f}
            base = State(thread.state.kinds, rest, thread.state.goal)
            proofs = [self.refuted(base, part) for part in f[1:]]
            left = [i for i, p in enumerate(proofs) if p is None]
            if len(left) == 1:
                proofs[left[0]] = self.prove(base.assume(f[1:][left[0]]), depth - 1)
            if all(p is not None for p in proofs):
                return thread.close({"rule": "either", "formula": dump(f), "proofs": proofs})
        return None

    def refuted(self, state: State, part: Formula) -> Node | None:
        """A proof of any goal once ``part`` is assumed although its negation can be shown."""
        if part[0] in ("and", "or"):
            return None
        opposite = normal(negate(part))
        plain = {f: None for f in state.facts if f[0] != "or"}
        proof = (
            KNOWN
            if state.knows(opposite)
            else self.relation(Thread(self.checker, State(state.kinds, plain, opposite)), 0)
        )
        if proof is None:
            return None
        try:
            thread = Thread(self.checker, state.assume(part))
            thread.have(opposite, proof)
            return thread.close(self.clash(thread.state, part, opposite))
        except Refused:
            return None

    def clash(self, state: State, part: Formula, opposite: Formula) -> Node:
        """Closes a state that knows a relation and its negation; raises ``Refused``."""
        if "==" in (part[0], opposite[0]):
            equation, other = (part, opposite) if part[0] == "==" else (opposite, part)
            cofactor = minus(other[2], other[1])  # the square of the gap, minus the gap times itself
            cofactors = [[dump(equation), dump(cofactor)]]
            node = {"rule": "psatz", "terms": [["1", [dump(other)], "1"]], "cofactors": cofactors}
        else:
            node = {"rule": "psatz", "terms": [["1", [dump(f)], "1"] for f in (part, opposite)], "cofactors": []}
        self.checker.step(state, node)
        return node

    def contradiction(self, thread: Thread) -> Node | None:
        for f in [f for f in thread.state.facts if f[0] in ORDERED]:
            rest = {g: None for g in thread.state.facts if g != f}
            proof = self.refuted(State(thread.state.kinds, rest, thread.state.goal), f)
            if proof is not None:
                return thread.close(proof)
        return None

    # ------------------------------------------------------------ equations

    def eliminate(self, thread: Thread) -> None:
        """Replace variables by the terms that equations give them."""
        for _ in range(40):
            for f in thread.state.facts:
                if f[0] != "==":
                    continue
                x, t = (f[1], f[2]) if isinstance(f[1], str) else (f[2], f[1])
                if isinstance(x, str) and x not in names_in(t):
                    thread.rewrite(x, t)
                    break
                if is_function(f[1]) and f[1] not in parts_of(f[2]):
                    thread.rewrite(f[1], f[2])
                    break
            else:
                if not any(self.solve(thread, f) for f in thread.state.facts if f[0] == "=="):
                    return

    def solve(self, thread: Thread, f: Formula) -> bool:
        """Use a linear equation for a variable whose coefficient is visibly not zero."""
        field = Field([minus(f[1], f[2])])
        n, d = field.quotient(minus(f[1], f[2]))
        if n == 0 or len(n.factor()[1]) > 1:
            return False
        degrees, below = n.degrees(), d.degrees()
        for x, i in field.index.items():
            if not isinstance(x, str) or degrees[i] != 1 or below[i]:
                continue
            if any(x in names_in(t) for t in field.atoms if t != x):
                continue
            slope = n.derivative(i)
            if 0 in self.checker.sign(thread.state, field.term(slope)):
                continue
            top, bottom = field.reduced(field.gens[i] * slope - n, slope)
            t = field.term(top) if bottom == 1 else ("/", field.term(top), field.term(bottom))
            factor = ("/", field.term(d), field.term(slope))
            try:
                thread.have(("==", x, t), {"rule": "ring", "cofactors": [[dump(f), dump(factor)]]})
            except Refused:
                continue
            thread.rewrite(x, t)
            return True
        return False

    def equation(self, thread: Thread) -> Node | None:
        """An identity, or a consequence of one equation among the facts."""
        _, a, b = thread.state.goal
        equations = [f for f in thread.state.facts if f[0] == "==" and f[1] != f[2]]
        field = Field([minus(a, b), *(minus(f[1], f[2]) for f in equations)])
        n, d = field.quotient(minus(a, b))
        if not self.denominators(thread, minus(a, b)):
            return None
        if n == 0:
            return self.checked(thread, {"rule": "ring", "cofactors": []})
        for f in equations:
            n2, d2 = field.quotient(minus(f[1], f[2]))
            if n2 == 0:
                continue
            common = n.gcd(n2)
            rest = n2 / common
            if common.is_constant() or not self.all_nonzero(thread, field, rest):
                continue
            self.settle(thread, field, d)  # the denominator as a whole, where a fact is about it
            factor = ("/", ("*", field.term(n / common), field.term(d2)), ("*", field.term(rest), field.term(d)))
            proof = self.checked(thread, {"rule": "ring", "cofactors": [[dump(f), dump(factor)]]})
            if proof is not None:
                return proof
        return None

    def all_nonzero(self, thread: Thread, field: Field, p: Any) -> bool:
        return all(0 not in self.settle(thread, field, f) for f, _ in p.factor()[1])

    def denominators(self, thread: Thread, t: Term) -> bool:
        """Make every denominator of ``t`` visibly non-zero."""
        for d in self.checker.algebra.quotient(t)[2]:
            if not self.checker.nonzero(thread.state, d):
                proof = self.inequality(Thread(self.checker, thread.wanted(("!=", 0, d))))
                if proof is None:
                    return False
                thread.have(("!=", 0, d), proof)
        return True

    # ------------------------------------------------------------ inequalities

    def counts(self, thread: Thread) -> None:
        """What is at least a positive number is positive."""
        for f in [f for f in thread.state.facts if f[0] in ("<", "<=")]:
            _, low, x = f
            if not isinstance(x, str) or isinstance(low, (str, tuple)) or low <= 0 or thread.state.knows(("<", 0, x)):
                continue
            terms = [["1", [dump(f)], "1"], ["1", [["<=", x, "0"]], "1"], [str(low), [], "1"]]
            absurd = {"rule": "psatz", "terms": terms, "cofactors": []}
            wanted = ("<", 0, x)
            thread.have(wanted, by_contradiction(wanted, absurd))

    def inequality(self, thread: Thread) -> Node | None:
        for _ in range(MOST_SUBSTITUTIONS):
            unresolved = self.by_factors(thread.fork())
            if not isinstance(unresolved, set):
                return unresolved
            if not self.substitute(thread, unresolved):
                return None
            self.counts(thread)
        return None

    def by_factors(self, thread: Thread) -> Node | set[str] | None:
        """A proof, or the variables of the factors without a sign, or None where the goal is out of reach."""
        op, a, b = thread.state.goal
        gap = minus(b, a)
        field = self.field(thread, gap)
        n, d = field.quotient(gap)
        if len(n) > MOST_TERMS:
            return None
        unresolved = self.missing_denominators(thread, gap)
        if unresolved:
            return unresolved
        if n == 0:
            return None if op != "<=" else self.checked(thread, {"rule": "sign", "factors": [["0", "1"]]})
        proof = self.multiple(thread, field, n, d)
        if proof is not None:
            return proof
        for p, below in ((n, False), (d, True)):
            for f, e in p.factor()[1]:
                signs = self.settle(thread, field, f)
                strict = below or op != "<="
                if (strict and 0 in signs) or (e % 2 and op != "!=" and len(signs - {0}) > 1):
                    unresolved |= names_in(field.term(f))
        if unresolved:
            return unresolved
        factors = factor_terms(field, n) + factor_terms(field, d, -1)
        return self.checked(thread, {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in factors]})

    def multiple(self, thread: Thread, field: Field, n: Any, d: Any) -> Node | None:
        """The difference n/d is a fact's difference times something whose sign is seen."""
        for fact in [f for f in thread.state.facts if f[0] == thread.state.goal[0]]:
            gap = minus(fact[2], fact[1])
            if not set(atoms_of(gap)) <= set(field.index):
                continue  # a fact added since the field was made
            n2, d2 = field.quotient(gap)
            rest, remainder = divmod(n, n2) if n2 != 0 else (n, n)
            if n2.is_constant() or remainder != 0:
                continue
            factors = [(gap, 1), *factor_terms(field, rest), *factor_terms(field, d2), *factor_terms(field, d, -1)]
            if any(len(self.checker.sign(thread.state, t)) > 1 for t, e in factors[1:]):
                continue
            if self.missing_denominators(thread, gap, 1):
                continue
            proof = self.checked(thread, {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in factors]})
            if proof is not None:
                return proof
        return None

    def field(self, thread: Thread, t: Term) -> Field:
        return Field([t, *(minus(f[2], f[1]) for f in thread.state.facts if f[0] in ORDERED)])

    def missing_denominators(self, thread: Thread, t: Term, depth: int = 2) -> set[str]:
        """Show that every denominator in ``t`` is not zero; the variables of those for which that fails."""
        out: set[str] = set()
        for d in self.checker.algebra.quotient(t)[2]:
            if self.checker.nonzero(thread.state, d):
                continue
            if depth < 0:
                return names_in(d)
            field = self.field(thread, d)
            n, below = field.quotient(d)
            bad = [f for p in (n, below) for f, _ in p.factor()[1] if 0 in self.settle(thread, field, f, depth)]
            if bad:
                out |= set().union(*(names_in(field.term(f)) for f in bad))
            elif not self.checker.nonzero(thread.state, d):
                factors = factor_terms(field, n) + factor_terms(field, below, -1)
                thread.have(("!=", 0, d), {"rule": "sign", "factors": [[dump(s), str(e)] for s, e in factors]})
        return out

    def settle(self, thread: Thread, field: Field, f: Any, depth: int = 2) -> frozenset[int]:
        """The signs a factor can have; a fact about it is added where another fact shows one."""
        t = field.term(f)
        signs = self.checker.sign(thread.state, t)
        for fact in [g for g in thread.state.facts if g[0] in ORDERED]:
            if len(signs) == 1:
                break
            gap = minus(fact[2], fact[1])
            if not set(atoms_of(gap)) <= set(field.index):
                continue  # a fact added since the field was made
            n, d = field.quotient(gap)
            rest, remainder = divmod(n, f)
            if n == 0 or remainder != 0 or self.missing_denominators(thread, gap, depth - 1):
                continue
            if fact[0] == "!=":
                self.nonzero_factor(thread, field, t, fact, rest, d)
            else:
                self.signed_factor(thread, field, t, fact, rest, d, depth)
            signs = self.checker.sign(thread.state, t)
        return signs

    def signed_factor(
        self, thread: Thread, field: Field, t: Term, fact: Formula, rest: Any, d: Any, depth: int
    ) -> None:
        """t = gap d/rest has the sign of the gap when those of d and rest are known."""
        others = [*factor_terms(field, d), *factor_terms(field, rest, -1)]
        side = 1
        if depth > 0:
            for p in (d, rest):
                for g, _ in p.factor()[1]:
                    self.settle(thread, field, g, depth - 1)
        for s, e in others:
            seen = self.checker.sign(thread.state, s)
            if len(seen) != 1 or 0 in seen:
                return
            side *= next(iter(seen)) ** abs(e)
        wanted = (fact[0], 0, t) if side > 0 else (fact[0], t, 0)
        scale = others if side > 0 else [*others, (-1, 1)]
        factors = [[dump(minus(fact[2], fact[1])), "1"], *([dump(s), str(e)] for s, e in scale)]
        thread.have(wanted, {"rule": "sign", "factors": factors})

    def nonzero_factor(self, thread: Thread, field: Field, t: Term, fact: Formula, rest: Any, d: Any) -> None:
        """A factor of something that is not zero is not zero: gap^2 - t (t (rest/d)^2) vanishes identically."""
        zero = ("==", t, 0)
        if self.missing_denominators(thread, ("/", 1, field.term(d)), 0):
            return
        cofactor = ("*", -1, t, ("^", ("/", field.term(rest), field.term(d)), 2))
        node = {"rule": "psatz", "terms": [["1", [dump(fact)], "1"]], "cofactors": [[dump(zero), dump(cofactor)]]}
        try:
            self.checker.step(thread.state.assume(zero, goal=FALSE), node)
        except Refused:
            return
        thread.have(("!=", t, 0), {"rule": "cases", "formula": dump(zero), "yes": node, "no": KNOWN})

    # ------------------------------------------------------------ substitution

    def substitute(self, thread: Thread, names: set[str]) -> bool:
        """Write one bounded variable among ``names`` as its bound plus something positive."""
        found = isolate(self.checker, thread.state)
        for bounds in ([b for b in found if b.scale is None], found):
            pick = self.choose(bounds, names)
            if pick is None:
                continue
            variable, low, high = pick
            try:
                for b in (low, high):
                    if b is not None:
                        add_bound(thread, b)
                ends = [None if b is None else dump(b.term) for b in (low, high)]
                thread.apply("bound", variable=variable, lower=ends[0], upper=ends[1], new=self.fresh(thread.state))
            except Refused:
                continue
            return True
        return False

    def choose(self, bounds: list[Bound], names: set[str]) -> tuple[str, Bound | None, Bound | None] | None:
        """The next variable to replace: one that no other bound uses, so the last of a chain comes first."""
        options = []
        for x in sorted(names):
            low, high = (self.tightest([b for b in bounds if b.variable == x and b.lower == side]) for side in (1, 0))
            if low is not None and high is not None and not low.strict and not high.strict:
                high = None
            if high is None and (low is None or low.term == 0):
                continue
            used = any(x in names_in(b.term) for b in bounds if b.variable in names)
            options.append(((used, low is None, x), x, low, high))
        return min(options, key=lambda o: o[0])[1:] if options else None

    def tightest(self, bounds: list[Bound]) -> Bound | None:
        """Not 0 where there is another one: ``kappa > sigma`` rather than ``kappa > 0``."""
        key = lambda b: (b.term == 0, isinstance(b.term, (str, tuple)) < 1, b.scale is not None)  # noqa: E731
        return min(bounds, key=key, default=None)

    def checked(self, thread: Thread, node: Node) -> Node | None:
        try:
            self.checker.step(thread.state, node)
        except Refused:
            return None
        return thread.close(node)
