"""The route of multipliers: goal = sum of multiplier * fact + squares, found by the search and written as a proof."""

from __future__ import annotations

import sympy as sp

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula, Term
from verify.runtime.budget import Budget
from verify.spaces.multipliers.cases import prove
from verify.spaces.multipliers.gram import Combination, Null, Proof, Split
from verify.spaces.problems.script import KNOWN, Node, Script
from verify.spaces.proving.linear_forms import LinearForms
from verify.spaces.proving.numbers import Naming, establish
from verify.spaces.proving.said import Said
from verify.spaces.proving.used_facts import Used

SIGN = 3_000_000  # units for the sign of one multiplier


def prove_by_multipliers(
    script: Script, values: frozenset[str], budget: Budget, said: Said | None = None
) -> Node | None:
    """A proof of the goal ``a <= b`` or ``a == b`` of a line; ``said``: by what an author says is used."""
    goal = script.state.goal
    if goal[0] == "==":
        return by_equations(script, values)
    if goal[0] != "<=":  # a strict inequality is left to the prover of statements about numbers
        return None
    for stage in stages(script, goal):
        forms = LinearForms(script, values, stage)
        try:
            facts = script.state.facts
            found = forms.problem(goal, facts if said is None else [f for f in facts if f not in said.ignored])
        except Refused:
            continue
        if found is None:
            continue
        problem, used = found
        for given in [*([] if said is None else said.multipliers(forms, used)), {}]:
            proof = prove(problem, budget, given)
            if proof is None:
                continue
            line = script.copy()
            line.nodes = []
            try:
                return written(line, forms, proof, used, vanishing(line, forms))
            except Refused:  # where a divisor is not seen to be other than zero
                continue
    return None


def stages(script: Script, goal: Formula) -> list[int | None]:
    """The stages at which a goal may be read as one about expectations; None for none."""
    run = script.run
    level = max(run.forms.level(side) for side in goal[1:])
    found = {a for side in goal[1:] for a in expectations_in(run.forms.squared_norms(run.forms.scalar(side)))}
    if found:
        return [max(found)]
    has_random = any(sort.level > 0 for sort in script.state.sorts.values())
    return [None, level] if has_random else [None]


def expectations_in(t: Term) -> set[int]:
    """The stages of the expectations in a normal form that stand in no other one."""
    if not isinstance(t, tuple) or len(t) == 1:
        return set()
    return {int(t[1])} if t[0] == "E" else set().union(*[expectations_in(a) for a in t[1:]])


def vanishing(line: Script, forms: LinearForms) -> tuple[Term, ...]:
    """The vectors that equations make vanish, with a fact for each."""
    zeros = tuple(forms.combination(z.weights.items()) for z in forms.zeros)
    for z, v in zip(forms.zeros, zeros, strict=True):
        rows = [[line.write(forms.term(c)), line.write(f)] for c, f in z.rows]
        line.have(("same", v, ("zero",)), {"rule": "vectors", "equations": rows})
    return zeros


def written(line: Script, forms: LinearForms, proof: Proof, used: list[Used], zeros: tuple[Term, ...] = ()) -> Node:
    """A proof as nodes; ``zeros``: vectors that are known to vanish."""
    if isinstance(proof, Split):
        return split(line, forms, proof, used, zeros)
    if isinstance(proof, Null):
        v = forms.combination(proof.vector.items())
        length: Term = ("inner", v, v)
        f: Formula = ("<=", length if forms.stage is None else ("E", forms.stage, length), 0)
        line.have(f, combined(line.fork(line.state.assume(goal=f)), forms, proof.vanishes, used, zeros))
        line.add({"rule": "null", "vector": line.write(v), "then": None})
        return written(line, forms, proof.then, used, (*zeros, v))
    return combined(line, forms, proof, used, zeros)


def split(line: Script, forms: LinearForms, proof: Split, used: list[Used], zeros: tuple[Term, ...]) -> Node:
    """The cases that a weak condition between parameters holds strictly, or with equality."""
    _, a, b = forms.conditions[proof.condition]
    node: Node = {"rule": "cases", "formula": line.write(("<", a, b)), "yes": None, "no": None}
    yes, no = (line.fork(state) for state in line.states(node))
    establish(no, ("==", a, b), SIGN)
    cases = [written(case, forms, part, used, zeros) for case, part in ((yes, proof.strict), (no, proof.boundary))]
    return line.close({**node, "yes": cases[0], "no": cases[1]})


def combined(line: Script, forms: LinearForms, found: Combination, used: list[Used], zeros: tuple[Term, ...]) -> Node:
    """The proof that a combination is."""
    for sign in found.signs:
        theorem = line.statement.theorems.add(sign.theorem)
        line.lemma(theorem, [forms.naming.terms[x] for x, _ in sign.theorem["variables"]])
    facts: list[tuple[Term, Formula]] = []
    squares: list[tuple[Term, Term]] = []
    equations: list[tuple[Term, Formula]] = []
    for place, multiplier in found.multipliers.items():
        if multiplier == 0 or place >= len(used):  # beyond the facts there is what holds by form
            continue
        factor, f = forms.term(multiplier), fact_of(line, forms, used[place])
        if f[0] == "==":  # the rule takes left - right of an equation, the search right - left
            equations.append((("-", factor), f))
        else:
            facts.append((factor, f))
    for square in found.squares:
        factor, vector = forms.term(square.coefficient), forms.combination(square.vector.items())
        if forms.stage is None:
            squares.append((factor, vector))
        else:
            f = ("<=", 0, ("inner", vector, vector))
            facts.append((factor, line.expect(forms.stage, f, line.combine(squares=[(1, vector)]))))
    if found.rest != 0:
        facts.append((1, ("<=", 0, forms.term(found.rest))))
    for place, cofactor in found.equations.items():
        equations.append((forms.whole(cofactor), forms.conditions[place]))
    vectors: list[tuple[Term, Formula]] = []
    for place, weights in found.orthogonal.items():
        vectors.append((forms.combination(weights.items()), ("same", zeros[place], ("zero",))))
    divisors(line)
    node = line.combine(facts, squares, equations=equations, vectors=vectors)
    line.states(node)
    return line.close(node)


def fact_of(line: Script, forms: LinearForms, u: Used) -> Formula:
    """The fact that is used, averaged where it has to be."""
    f = u.relation
    if u.vector is not None and u.mean is None:
        line.have(f, line.combine(vectors=[(("-", u.vector), u.fact)]))
        return f
    if u.mean is None:
        return f
    if u.vector is not None:
        return line.expect(u.mean, f, line.combine(vectors=[(("-", u.vector), u.fact)]))
    weak = ("<=", *f[1:]) if f[0] == "<" else f
    return line.expect(u.mean, weak, KNOWN)


def divisors(line: Script) -> None:
    """Facts that the divisors of the goal are not zero."""
    naming = Naming(line)
    for side in line.state.goal[1:]:
        _, _, found = line.run.algebra.quotient(naming.form(side))
        for b in found:
            if not line.run.nonzero(line.state, b):
                establish(line, ("!=", b, 0), SIGN)


def by_equations(script: Script, values: frozenset[str]) -> Node | None:
    """An equation by its normal form, or from other equations by linear algebra over the parameters."""
    line = script.copy()
    line.nodes = []
    divisors(line)
    node = line.combine()
    try:
        line.states(node)
        return line.close(node)
    except Refused:
        pass
    goal = script.state.goal
    for stage in stages(script, goal):
        proof = from_equations(script, values, stage)
        if proof is not None:
            return proof
    return None


def from_equations(script: Script, values: frozenset[str], stage: int | None) -> Node | None:
    """goal = sum of c * (equation): the c solve linear equations, one for each atom."""
    forms = LinearForms(script, values, stage)
    facts = [f for f in script.state.facts if f[0] in ("==", "same")]
    try:
        found = forms.problem(script.state.goal, facts, eliminate=False)
    except Refused:
        return None
    if found is None:
        return None
    problem, used = found
    if not problem.hypotheses or len(problem.hypotheses) > 60:
        return None
    atoms = sorted({a for row in (problem.goal, *[h.form for h in problem.hypotheses]) for a in row})
    unknowns = sp.symbols(f"c0:{len(problem.hypotheses)}")
    matrix = sp.Matrix([[h.form.get(a, 0) for h in problem.hypotheses] for a in atoms])
    target = sp.Matrix([problem.goal.get(a, 0) for a in atoms])
    solution = sp.linsolve((matrix, target), *unknowns)
    if not isinstance(solution, sp.FiniteSet) or not solution:
        return None
    values_of = [sp.cancel(e.subs(dict.fromkeys(unknowns, 0))) for e in next(iter(solution))]
    line = script.copy()
    line.nodes = []
    try:
        return combined(line, forms, Combination(dict(enumerate(values_of))), used, ())
    except Refused:
        return None
