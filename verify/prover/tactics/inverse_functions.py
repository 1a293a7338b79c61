"""An equation for a variable, put into a goal that has functions of it: what a function makes of its inverse.

Steps: where ``x == t`` is known, t stands for x everywhere; arguments of functions become quotients in lowest terms and
are taken apart by the laws, so that log(exp(u)) and exp(log(u)) go; what is left is an identity. Or, where t is
c log(q) + r: exp((x - r)/c) == q becomes a fact. Applies to goals ``==`` with a variable that a known equation gives by
function values. Stops at equations that are not solved for a variable. Source: ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.evaluation import exact_root
from verify.language.rational_functions import Field, ZeroDenominator, as_fraction, factors_of, fraction
from verify.language.raw_terms import applications, applied, is_number, minus, number
from verify.prover.derived_equations import rewritten
from verify.prover.proof_builder import Node, ProofBuilder, dump, present
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import changed_variables, common_exponentials, derivative_chains, function_facts, identities
from verify.prover.term import Term

ROUNDS = 3  # of lowest terms and laws: a logarithm of a quotient of exponentials needs two
SHARE = 1 / 2  # of the work that is left, for one way


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a == b`` by what the equations among the facts say of its variables."""
    for f, x, t in solved(builder.state):
        for way in (substituted, raised):
            with search.work_share(SHARE):
                work = builder.fork()
                if way(work, f, x, t):
                    simplify(search, work)
                    proof = identity(search, work) or search.core(work, 0)
                    if proof is not None:
                        return proof
    return None


def identity(search: ProofSearch, builder: ProofBuilder) -> Node | None:
    """The goal where its sides are one rational function; what was said of function values would only be in the way."""
    ratio = fraction(minus(builder.state.goal[1], builder.state.goal[2]))
    return search.use(identities.TACTIC, builder.fork(), 0) if ratio is not None and ratio[1] == 0 else None


def solved(state: State) -> Iterator[tuple[Formula, str, Term]]:
    """Known equations that give a variable of the goal by function values of others."""
    used = names_in(state.goal)
    for f in state.facts:
        if f[0] != "==":
            continue
        for x, t in (f[1:], f[:0:-1]):
            if not (isinstance(x, str) and x in used and x not in names_in(t)):
                continue
            if applied(t) or any(x in names_in(a) for a in applications(state.goal)):
                yield f, x, t


def applies(search: ProofSearch, state: State) -> bool:
    """The goal is an equation, and a known one gives a variable of it."""
    return state.goal[0] == "==" and next(solved(state), None) is not None


def substituted(builder: ProofBuilder, f: Formula, x: str, t: Term) -> bool:
    """The term for the variable, everywhere."""
    before = builder.state.facts
    try:
        builder.rewrite(x, t)
    except Refused:
        return False
    kept = {g: None for g in builder.state.facts if g in before or not applied(g)}
    builder.state = State(builder.state.kinds, kept, builder.state.goal)
    return True


def raised(builder: ProofBuilder, f: Formula, x: str, t: Term) -> bool:
    """From x == c log(q) + r the fact exp((x - r)/c) == q."""
    logs = [a for a in applications(t) if a[0] == "log"]
    ratio = fraction(t)
    if ratio is None or len(logs) != 1 or logs[0] not in ratio[0].index or ratio[2] != 1:
        return False
    field, p, _ = ratio
    slope = p.derivative(field.index[logs[0]])
    if not slope.is_constant() or slope == 0 or not builder.state.knows(("<", 0, logs[0][1])):
        return False
    c = as_fraction(slope.leading_coefficient())
    rest = field.term(p - slope * field.gens[field.index[logs[0]]])
    exponent: Term = ("*", number(1 / c), minus(x, rest) if rest != 0 else x)
    try:
        builder.have(("==", exponent, logs[0]), {"rule": "ring", "cofactors": [[dump(f), dump(sided(f, x, 1 / c))]]})
        builder.apply("congruent", left=dump(("exp", exponent)), right=dump(("exp", logs[0])))
        builder.axiom("exp log", logs[0][1])
        cofactors = [
            [dump(("==", ("exp", exponent), ("exp", logs[0]))), "1"],
            [dump(("==", ("exp", logs[0]), logs[0][1])), "1"],
        ]
        builder.have(("==", ("exp", exponent), logs[0][1]), {"rule": "ring", "cofactors": cofactors})
    except Refused:
        return False
    kept = {g: None for g in builder.state.facts if g != f and logs[0] not in applications(g)}
    builder.state = State(builder.state.kinds, kept, builder.state.goal)
    return True


def sided(f: Formula, x: str, c: Term) -> Term:
    """A cofactor for an equation that has the variable on its left, or on its right."""
    return c if f[1] == x else -c if is_number(c) else ("-", c)


def simplify(search: ProofSearch, builder: ProofBuilder) -> None:
    """Arguments in lowest terms, and the laws, by turns."""
    for _ in range(ROUNDS):
        before = builder.state.goal
        common_exponentials.LAW.run(search, builder, present(builder.state))
        roots_of_squares(search, builder)
        changed_variables.expand(search, builder, "log", "sqrt", "^")
        lowest_terms(builder)
        derivative_chains.powers(search, builder)
        function_facts.expand(search, builder)
        if builder.state.goal == before:
            return


def roots_of_squares(search: ProofSearch, builder: ProofBuilder) -> None:
    """sqrt(q^2) == q, where q is positive or -q is."""
    for t in [t for t in present(builder.state) if t[0] == "sqrt" and names_in(t)]:
        ratio = fraction(t[1])
        if ratio is None or ratio[1] == 0:
            continue
        field, n, d = ratio
        (top, above), (bottom, below) = factors_of(n), factors_of(d)
        leading = as_fraction(top / bottom)
        constant = exact_root(leading, 2) if leading >= 0 else None
        factors = [(field.term(f), int(e)) for f, e in above] + [(field.term(f), -int(e)) for f, e in below]
        if constant is None or any(e % 2 for _, e in factors):
            continue
        root: Term = ("*", number(constant), *(("^", f, e // 2) for f, e in factors))
        work = builder.fork()
        try:
            if not search.ensure(work, ("<=", 0, root)):
                root = ("*", number(-constant), *root[2:])
                if not search.ensure(work, ("<=", 0, root)):
                    continue
            work.axiom("sqrt square factor", root, 1)
            square: Term = ("sqrt", ("*", ("^", root, 2), 1))
            work.rewrite(t, rewritten(work, t, square))
            work.rewrite(square, ("*", root, ("sqrt", 1)))
        except Refused:
            continue
        builder.nodes, builder.state = work.nodes, work.state


def lowest_terms(builder: ProofBuilder) -> None:
    """Write the argument of each function in the goal as a quotient without common factors."""
    for t in [t for t in present(builder.state) if t[0] in ("exp", "log", "sqrt") and names_in(t)]:
        field = Field([t[1]])
        try:
            n, d = field.quotient(t[1])
        except ZeroDenominator:
            continue
        short = field.term(n) if d == 1 else ("/", field.term(n), field.term(d))
        if short == t[1]:
            continue
        work = builder.fork()
        try:
            work.rewrite(t, rewritten(work, t, (t[0], short)))
        except Refused:
            continue
        builder.nodes, builder.state = work.nodes, work.state


TACTIC = Tactic("inverse_functions", prove, applies)
