"""Rules that hold for integers alone."""

import itertools
from fractions import Fraction
from math import gcd, prod

from ...reading import Json, Refused, need
from ..json_form import read_name, read_number
from ..run import Run
from ..state import Remaining, State
from ..terms import minus, names_in
from ..work import RESIDUES, ROOT, bits


def rule_residues(run: Run, state: State, equation: Json, modulus: Json) -> Remaining:
    """The facts contradict each other: an equation between integers has no solution modulo a whole number.

    Sound: a solution in integers would be one modulo m. Checked: the equation is known, it is a polynomial one whose
    atoms are integers (a common denominator is cleared), m > 1, and no residues of the atoms solve it.
    """
    f, m = state.formula(equation), read_number(modulus)
    need(f[0] == "==" and state.knows(f), "the equation is not known")
    if not (isinstance(m, int) and m > 1):
        raise Refused("a modulus is a whole number above 1")
    numerator, denominator, divisors = run.algebra.quotient(minus(f[1], f[2]))
    need(not denominator and all(run.nonzero(state, d) for d in divisors), "not a polynomial")
    # Atoms by their numbers: one may be large, and would be hashed at every residue.
    parts = [(c, list(run.algebra.numbered_exponents(k))) for k, c in numerator.items()]
    atoms = list(dict.fromkeys(x for _, powers in parts for x, _ in powers))
    need(all(state.whole(run.algebra.atoms[x]) for x in atoms), "not about integers")
    scale = 1
    for c, _ in parts:
        run.algebra.arithmetic(scale, c)
        scale *= Fraction(c).denominator // gcd(scale, Fraction(c).denominator)
    whole = [(int(c * scale), powers) for c, powers in parts if c * scale % m]
    atoms = list(dict.fromkeys(x for _, powers in whole for x, _ in powers))
    need(m ** len(atoms) <= RESIDUES, "too many residues")
    for values in itertools.product(range(m), repeat=len(atoms)):
        run.spend(sum(2 + len(powers) for _, powers in whole))
        at = dict(zip(atoms, values, strict=True))
        total = sum(c % m * prod(pow(at[x], e, m) for x, e in powers) for c, powers in whole)
        need(total % m != 0, "the equation has a solution modulo that number")
    return []


def rule_irrational(
    run: Run, state: State, equation: Json, multiple: Json, above: Json, below: Json, degree: Json, value: Json
) -> Remaining:
    """The facts contradict each other: a quotient a/b of integers would be a k-th root of a q that has no rational one.

    Sound: the equation l == r gives a^k - q b^k = c (l - r) = 0, so (a/b)^k = q; and a rational number in lowest terms
    is the k-th power of a rational one only if its numerator and its denominator are k-th powers of whole numbers, the
    sign apart, which an even k does not allow. Checked: the equation is known, the identity as in ``ring``, a and b are
    integers, b is not zero, 2 <= k, and q is no such power.
    """
    f, c, a, b = state.formula(equation), state.term(multiple), state.term(above), state.term(below)
    k, q = read_number(degree), read_number(value)
    need(f[0] == "==" and state.knows(f), "the equation is not known")
    if not (isinstance(k, int) and 2 <= k <= ROOT):
        raise Refused(f"a degree is a whole number from 2 to {ROOT}")
    need(state.whole(a) and state.whole(b), "not about integers")
    need(run.nonzero(state, b), "the divisor may be zero")
    powers = minus(("^", a, k), ("*", q, ("^", b, k)))
    need(run.vanishes(state, minus(powers, ("*", c, minus(f[1], f[2])))), "the equation does not say that")
    root = Fraction(q)
    run.spend(bits(root) ** 2)
    rational = all(is_power(n, k) for n in (abs(root.numerator), root.denominator))
    need(not rational or (root < 0 and k % 2 == 0), "the root is rational")
    return []


def is_power(n: int, k: int) -> bool:
    """Whether n >= 0 is the k-th power of a whole number, by bisection."""
    low, high = 0, 1 << (n.bit_length() // k + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**k < n:
            low = middle + 1
        else:
            high = middle
    return bool(low**k == n)


def rule_induction(run: Run, state: State, variable: Json, start: Json, base: Json, step: Json) -> Remaining:
    """From the goal at k = first, and the goal at k + 1 from first <= k and the goal at k, the goal at k.

    Sound: facts that mention k are dropped, so both hold for all integers k >= first; what is left speaks of other
    variables, which stay fixed. Checked: k is an integer variable, ``first`` is an integer and free of k, and
    first <= k is known.
    """
    k, first = state.scoped(read_name(variable)), state.term(start)
    need(state.kinds[k] == "integer" and state.whole(first), "induction runs over integers")
    need(k not in names_in(first) and state.knows(("<=", first, k)), "the start of the induction is not known")
    state.count(*state.facts)
    facts = {f: None for f in state.facts if k not in names_in(f)}
    rest = State(state.kinds, facts, state.goal, state.spend)
    following = state.put(state.goal, {k: ("+", k, 1)})
    return [
        (rest.assume(goal=state.put(state.goal, {k: first})), base),
        (rest.assume(("<=", first, k), state.goal, goal=following), step),
    ]
