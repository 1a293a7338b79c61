"""Leaves of a script that are inequalities: the signs of the factors of the difference, after bounds are substituted.

Steps: write b - a as a quotient of products of irreducible factors; a factor's sign comes from its monomials, or from a
fact whose difference has that factor; where some have none, write one bounded variable in them as its bound plus
something positive, the last of a chain of bounds first, and look again. Stops after ``MOST_SUBSTITUTIONS`` of these, at
numerators of more than ``MOST_TERMS`` terms, and where no variable of the factors without a sign is bounded.

Source: ours; short and without floats, so that a hint leads to the same proof on every machine.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE, Formula, names_in
from verify.language.rational_functions import Field, Polynomial, atoms_of, factor_terms
from verify.language.raw_terms import minus
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactics.bounds import Bound, add_bound, isolate
from verify.prover.term import Term

MOST_SUBSTITUTIONS = 12  # bounds the work where bounds lead to bounds for ever
MOST_TERMS = 1500  # of a numerator, so that a wrong hint fails soon
DEPTH_OF_SIGNS = 2  # how often the sign of a factor may rest on that of another
ORDERED = ("<", "<=", "!=")


class LeafSigns:
    """Signs of factors for one certificate; every method returns a proof node or None, unless it says otherwise."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.counter = 0

    def fresh(self, state: State) -> str:
        """A name that the state does not use."""
        while True:
            self.counter += 1
            if f"t_{self.counter}" not in state.kinds:
                return f"t_{self.counter}"

    def positive_from_bounds(self, builder: ProofBuilder) -> None:
        """What is at least a positive number is positive."""
        for f in [f for f in builder.state.facts if f[0] in ("<", "<=")]:
            _, low, x = f
            if not isinstance(x, str) or isinstance(low, (str, tuple)) or low <= 0 or builder.state.knows(("<", 0, x)):
                continue
            terms = [["1", [dump(f)], "1"], ["1", [["<=", x, "0"]], "1"], [str(low), [], "1"]]
            absurd = {"rule": "psatz", "terms": terms, "cofactors": []}
            wanted = ("<", 0, x)
            builder.have(wanted, by_contradiction(wanted, absurd))

    def inequality(self, builder: ProofBuilder) -> Node | None:
        """A proof by signs of factors, bounds being substituted one by one where signs are missing."""
        for _ in range(MOST_SUBSTITUTIONS):
            unresolved = self.prove_by_factor_signs(builder.fork())
            if not isinstance(unresolved, set):
                return unresolved
            if not self.substitute(builder, unresolved):
                return None
            self.positive_from_bounds(builder)
        return None

    def prove_by_factor_signs(self, builder: ProofBuilder) -> Node | set[str] | None:
        """A proof, or the variables of the factors without a sign, or None where the goal is out of reach."""
        op, a, b = builder.state.goal
        gap = minus(b, a)
        field = self.field(builder, gap)
        n, d = field.quotient(gap)
        if len(n) > MOST_TERMS:
            return None
        unresolved = self.missing_denominators(builder, gap)
        if unresolved:
            return unresolved
        if n == 0:
            return None if op != "<=" else self.checked(builder, {"rule": "sign", "factors": [["0", "1"]]})
        proof = self.multiple(builder, field, n, d)
        if proof is not None:
            return proof
        for p, below in ((n, False), (d, True)):
            for f, e in p.factor()[1]:
                signs = self.establish_sign(builder, field, f)
                strict = below or op != "<="
                if (strict and 0 in signs) or (e % 2 and op != "!=" and len(signs - {0}) > 1):
                    unresolved |= names_in(field.term(f))
        if unresolved:
            return unresolved
        factors = factor_terms(field, n) + factor_terms(field, d, -1)
        return self.checked(builder, {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in factors]})

    def multiple(self, builder: ProofBuilder, field: Field, n: Polynomial, d: Polynomial) -> Node | None:
        """The difference n/d is a fact's difference times something whose sign is seen."""
        for fact in [f for f in builder.state.facts if f[0] == builder.state.goal[0]]:
            gap = minus(fact[2], fact[1])
            if not set(atoms_of(gap)) <= set(field.index):
                continue  # a fact added since the field was made
            n2, d2 = field.quotient(gap)
            rest, remainder = divmod(n, n2) if n2 != 0 else (n, n)
            if n2.is_constant() or remainder != 0:
                continue
            factors = [(gap, 1), *factor_terms(field, rest), *factor_terms(field, d2), *factor_terms(field, d, -1)]
            if any(len(self.checker.sign(builder.state, t)) > 1 for t, e in factors[1:]):
                continue
            if self.missing_denominators(builder, gap, 1):
                continue
            proof = self.checked(builder, {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in factors]})
            if proof is not None:
                return proof
        return None

    def field(self, builder: ProofBuilder, t: Term) -> Field:
        """The rational functions in the atoms of a term and of all facts."""
        return Field([t, *(minus(f[2], f[1]) for f in builder.state.facts if f[0] in ORDERED)])

    def missing_denominators(self, builder: ProofBuilder, t: Term, depth: int = DEPTH_OF_SIGNS) -> set[str]:
        """Show that every denominator in ``t`` is not zero; the variables of those for which that fails."""
        out: set[str] = set()
        for d in self.checker.algebra.quotient(t)[2]:
            if self.checker.nonzero(builder.state, d):
                continue
            if depth < 0:
                return names_in(d)
            field = self.field(builder, d)
            n, below = field.quotient(d)
            bad = [
                f for p in (n, below) for f, _ in p.factor()[1] if 0 in self.establish_sign(builder, field, f, depth)
            ]
            if bad:
                out |= set().union(*(names_in(field.term(f)) for f in bad))
            elif not self.checker.nonzero(builder.state, d):
                factors = factor_terms(field, n) + factor_terms(field, below, -1)
                builder.have(("!=", 0, d), {"rule": "sign", "factors": [[dump(s), str(e)] for s, e in factors]})
        return out

    def establish_sign(
        self, builder: ProofBuilder, field: Field, f: Polynomial, depth: int = DEPTH_OF_SIGNS
    ) -> frozenset[int]:
        """The signs a factor can have; a fact about it is added where another fact shows one."""
        t = field.term(f)
        signs = self.checker.sign(builder.state, t)
        for fact in [g for g in builder.state.facts if g[0] in ORDERED]:
            if len(signs) == 1:
                break
            gap = minus(fact[2], fact[1])
            if not set(atoms_of(gap)) <= set(field.index):
                continue  # a fact added since the field was made
            n, d = field.quotient(gap)
            rest, remainder = divmod(n, f)
            if n == 0 or remainder != 0 or self.missing_denominators(builder, gap, depth - 1):
                continue
            if fact[0] == "!=":
                self.nonzero_factor(builder, field, t, fact, rest, d)
            else:
                self.signed_factor(builder, field, t, fact, rest, d, depth)
            signs = self.checker.sign(builder.state, t)
        return signs

    def signed_factor(
        self, builder: ProofBuilder, field: Field, t: Term, fact: Formula, rest: Polynomial, d: Polynomial, depth: int
    ) -> None:
        """t = gap d/rest has the sign of the gap when those of d and rest are known."""
        others = [*factor_terms(field, d), *factor_terms(field, rest, -1)]
        side = 1
        if depth > 0:
            for p in (d, rest):
                for g, _ in p.factor()[1]:
                    self.establish_sign(builder, field, g, depth - 1)
        for s, e in others:
            seen = self.checker.sign(builder.state, s)
            if len(seen) != 1 or 0 in seen:
                return
            side *= next(iter(seen)) ** abs(e)
        wanted = (fact[0], 0, t) if side > 0 else (fact[0], t, 0)
        scale = others if side > 0 else [*others, (-1, 1)]
        factors = [[dump(minus(fact[2], fact[1])), "1"], *([dump(s), str(e)] for s, e in scale)]
        builder.have(wanted, {"rule": "sign", "factors": factors})

    def nonzero_factor(
        self, builder: ProofBuilder, field: Field, t: Term, fact: Formula, rest: Polynomial, d: Polynomial
    ) -> None:
        """A factor of something that is not zero is not zero: gap^2 - t (t (rest/d)^2) vanishes identically."""
        zero = ("==", t, 0)
        if self.missing_denominators(builder, ("/", 1, field.term(d)), 0):
            return
        cofactor = ("*", -1, t, ("^", ("/", field.term(rest), field.term(d)), 2))
        node = {"rule": "psatz", "terms": [["1", [dump(fact)], "1"]], "cofactors": [[dump(zero), dump(cofactor)]]}
        try:
            self.checker.step(builder.state.assume(zero, goal=FALSE), node)
        except Refused:
            return
        builder.have(("!=", t, 0), {"rule": "cases", "formula": dump(zero), "yes": node, "no": KNOWN})

    def substitute(self, builder: ProofBuilder, names: set[str]) -> bool:
        """Write one bounded variable among ``names`` as its bound plus something positive."""
        found = isolate(self.checker, builder.state)
        for bounds in ([b for b in found if b.scale is None], found):
            pick = self.choose(bounds, names)
            if pick is None:
                continue
            variable, low, high = pick
            try:
                for b in (low, high):
                    if b is not None:
                        add_bound(builder, b)
                ends = [None if b is None else dump(b.term) for b in (low, high)]
                builder.apply("bound", variable=variable, lower=ends[0], upper=ends[1], new=self.fresh(builder.state))
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

    def checked(self, builder: ProofBuilder, node: Node) -> Node | None:
        """Close the goal with one node, if the checker accepts it."""
        try:
            self.checker.step(builder.state, node)
        except Refused:
            return None
        return builder.close(node)
