"""The rule ``irrational``: a quotient of integers that would be an irrational root (``Irrational.v``)."""

from fractions import Fraction

from flint import fmpz

from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.integers import integer
from verify.coq.reals.notation import computed
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.kernel.reals.json_form import read_number
from verify.kernel.reals.rules.integers import is_power
from verify.kernel.reals.terms import minus


def rule_irrational(work: Work, scope: Scope, step: Step) -> Rest:
    """The goal, since a known equation makes (a/b)^k a number without a rational k-th root."""
    state, script = step.state, work.script
    algebra = Arithmetic(work.run, script, scope, state)
    f = state.formula(step.node["equation"])
    c, a, b = (state.term(step.node[name]) for name in ("multiple", "above", "below"))
    k, q = int(read_number(step.node["degree"])), Fraction(read_number(step.node["value"]))
    n, d = q.numerator, q.denominator
    between = d if is_power(abs(n), k) else abs(n)  # what is no power; where both are, n is negative and k even
    powers = minus(("*", d, ("^", a, k)), ("*", n, ("^", b, k)))
    same = algebra.equal(powers, ("*", ("*", d, c), minus(f[1], f[2])))
    factor = algebra.text(("*", d, c))
    vanishes = f"(eq_trans {same} (cof {factor} {algebra.text(f[1])} {algebra.text(f[2])} {algebra.must(f)}))"
    whole = " ".join(integer(work, scope, state, t) for t in (a, b))
    numbers = f"{k} ({n}) {d} {int(fmpz(between).root(k))}"
    check = computed(f"no_root {numbers}")
    script.line(f"destruct (irrational {numbers} _ _ {whole} {algebra.nonzero(b)} {vanishes} {check}).")
    return None
