"""The methods of the general prover in the order in which they are tried.

What costs little and closes much comes first; what multiplies the work (cases, induction) last. The shares are of the
work that is left when the turn comes, so that one method that finds no end leaves something for the next ones.

Each part of the table imports its methods when the search comes to it: a short proof takes less time than loading the
methods that it does not need.
"""

from __future__ import annotations

from functools import cache

from verify.kernel.reals.state import State
from verify.kernel.reals.terms import names_in
from verify.language.raw_terms import applications, applied
from verify.prover.tactic import JointLaw, ProofSearch, Rows, Table, Tactic, Turn, ValueLaw, is_order, is_relation


def functional(search: ProofSearch, state: State) -> bool:
    """Some fact, or the goal, has a function value or a power with a symbolic exponent in it."""
    return any(map(applied, (*state.facts, state.goal)))


def real_functional(search: ProofSearch, state: State) -> bool:
    """Function values occur, and no integer in the goal: there is more that serves integers, and it comes first."""
    return functional(search, state) and all(state.kinds[x] == "real" for x in names_in(state.goal))


def whole(search: ProofSearch, state: State) -> bool:
    """An integer variable occurs."""
    return "integer" in {state.kinds[x] for f in (*state.facts, state.goal) for x in names_in(f)}


def raised(search: ProofSearch, state: State) -> bool:
    """The goal has a power with a whole symbolic exponent."""
    return any(t[0] == "^" and state.whole(t[2]) for t in applications(state.goal))


def powered(search: ProofSearch, state: State) -> bool:
    """The goal has a power with a name in its exponent."""
    return any(t[0] == "^" and names_in(t[2]) for t in applications(state.goal))


def algebraic(search: ProofSearch, state: State) -> bool:
    """No function value occurs."""
    return not functional(search, state)


def whole_in_functions(search: ProofSearch, state: State) -> bool:
    """Integers and function values occur, but the goal has no power with a whole exponent."""
    return whole(search, state) and functional(search, state) and not raised(search, state)


def whole_algebraic(search: ProofSearch, state: State) -> bool:
    """An integer variable occurs and no function value."""
    return whole(search, state) and algebraic(search, state)


def later(search: ProofSearch, state: State) -> bool:
    """Not in the first round, which only looks for what is short."""
    return search.round > 0


def later_algebraic(search: ProofSearch, state: State) -> bool:
    """Not in the first round, and no function value occurs."""
    return later(search, state) and algebraic(search, state)


@cache
def preparation() -> tuple[Turn, ...]:
    from verify.prover.tactics import (
        elimination,
        false_facts,
        function_facts,
        integer_bounds,
        integer_factors,
        irrational_roots,
        known_exponents,
        residues,
    )

    return (
        Turn(known_exponents.TACTIC, raised),
        Turn(function_facts.TACTIC, may_settle=True),
        Turn(residues.TACTIC),
        Turn(integer_factors.TACTIC, whole),
        Turn(irrational_roots.TACTIC, whole),
        Turn(elimination.TACTIC),
        Turn(residues.TACTIC, whole),  # what equations have made of the goal
        Turn(integer_bounds.TACTIC, may_settle=True),
        Turn(false_facts.TACTIC),
    )


@cache
def early() -> tuple[Turn, ...]:
    from verify.prover.tactics import (
        changed_variables,
        contraposition,
        derivative_chains,
        exclusive_zeros,
        inverse_functions,
    )

    return (
        Turn(exclusive_zeros.TACTIC, work_share=0.2),
        Turn(inverse_functions.TACTIC, work_share=0.4),
        Turn(derivative_chains.TACTIC, real_functional, 0.5),
        Turn(changed_variables.TACTIC, real_functional, 0.5),
        Turn(contraposition.TACTIC, later_algebraic, 0.4),
    )


@cache
def equation() -> tuple[Turn, ...]:
    from verify.prover.tactics import antisymmetry, contradictions, ideal_membership

    return (
        Turn(ideal_membership.TACTIC),
        Turn(contradictions.TACTIC),
        Turn(antisymmetry.TACTIC),
    )


@cache
def signs_of_factors() -> tuple[Turn, ...]:
    from verify.prover.tactics import cleared_denominators, factor_signs, reduced_powers, squared_facts

    return (
        Turn(reduced_powers.TACTIC),
        Turn(cleared_denominators.FACTS, later),
        Turn(squared_facts.TACTIC),
        Turn(factor_signs.TACTIC, is_relation),
    )


@cache
def combinations() -> tuple[Turn, ...]:
    from verify.prover.tactics import bound_substitution, farkas, squared_goal, sums_of_squares

    return (
        Turn(farkas.TACTIC, is_order),
        Turn(squared_goal.TACTIC),
        Turn(bound_substitution.TACTIC),
        Turn(sums_of_squares.TACTIC),
    )


@cache
def alternatives() -> tuple[Turn, ...]:
    from verify.prover.tactics import (
        bernoulli,
        case_splits,
        changed_variables,
        cleared_denominators,
        compared_squares,
        derivative_chains,
        exponential_sums,
        induction,
        integer_cases,
        logarithm_sums,
        logarithms,
        monotonicity,
        negation,
        parametric_slopes,
        raised_sides,
        root_signs,
        scaled_tangents,
        variable_orders,
        weighted_means,
    )

    return (
        Turn(compared_squares.TACTIC, work_share=0.3),
        Turn(weighted_means.TACTIC, functional, 0.3),
        Turn(raised_sides.TACTIC, functional, 0.3),
        Turn(logarithm_sums.TACTIC, functional, 0.3),
        Turn(scaled_tangents.TACTIC, functional, 0.4),
        Turn(exponential_sums.TACTIC, functional, 0.4),
        Turn(parametric_slopes.TACTIC, functional, 0.4),
        Turn(root_signs.TACTIC, functional, 0.3),
        Turn(logarithms.TACTIC, functional, 0.4),
        Turn(cleared_denominators.TACTIC, functional, 0.5),
        Turn(bernoulli.TACTIC, powered, 0.4),
        Turn(induction.TACTIC, raised, 0.5),
        Turn(monotonicity.TACTIC, functional, 0.6),
        Turn(integer_cases.TACTIC, whole, 0.4),
        Turn(derivative_chains.TACTIC, whole_in_functions, 0.3),
        Turn(changed_variables.TACTIC, whole_in_functions, 0.3),
        Turn(induction.TACTIC, whole_in_functions, 0.6),
        Turn(variable_orders.TACTIC, algebraic, 0.35),
        Turn(negation.TACTIC, is_relation, 0.4),
        Turn(induction.TACTIC, whole_algebraic, 0.3),
        Turn(case_splits.TACTIC, work_share=1.0),
    )


@cache
def signs() -> tuple[Tactic, ...]:
    from verify.prover.tactics import farkas, sturm, sums_of_squares

    return (farkas.TACTIC, sturm.TACTIC, sums_of_squares.TACTIC)


@cache
def value_laws() -> tuple[ValueLaw, ...]:
    from verify.prover.tactics import exponential_laws, logarithm_laws, power_laws, root_laws

    return (exponential_laws.LAW, logarithm_laws.LAW, power_laws.LAW, root_laws.LAW)


@cache
def joint_laws() -> tuple[JointLaw, ...]:
    from verify.prover.tactics import (
        common_bases,
        common_exponentials,
        common_exponents,
        common_factors,
        common_powers,
        common_roots,
    )

    return (
        common_exponentials.LAW,
        common_powers.LAW,
        common_bases.LAW,
        common_factors.LAW,
        common_exponents.LAW,
        common_roots.LAW,
    )


@cache
def helpers() -> tuple[str, ...]:
    from verify.prover.tactics import (
        fewer_hypotheses,
        function_bounds,
        function_comparisons,
        function_identities,
        identities,
        piecewise,
        positive_terms,
        power_bounds,
        reciprocals,
        whole_powers,
    )

    return (
        identities.TACTIC.name,
        piecewise.NAME,
        function_identities.NAME,
        function_bounds.NAME,
        function_comparisons.NAME,
        power_bounds.NAME,
        whole_powers.NAME,
        positive_terms.NAME,
        reciprocals.NAME,
        fewer_hypotheses.NAME,
    )


TABLE = Table(
    early=Rows(early),
    preparation=Rows(preparation),
    equation=Rows(equation),
    inequality=Rows(signs_of_factors, combinations),
    alternatives=Rows(alternatives),
    signs=Rows(signs),
    value_laws=Rows(value_laws),
    joint_laws=Rows(joint_laws),
    helpers=Rows(helpers),
)
