"""Integers cut at the roots of a polynomial, or tried one by one."""

import flint

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import integer_cases


def test_only_it_proves():
    only("integer_cases", "(n-1)*(n-2)*(n-3)*(n-4) >= 0", ["n integer"], work=400_000)


def test_it_gives_up_at_reals():
    assert trial("(x - 1)*(x - 2) >= 0", []).run(integer_cases.TACTIC) is None
    assert trial("(n - 1)*(n - 2) >= 0", ["n integer"]).run(integer_cases.TACTIC) is not None


def test_it_gives_up_at_ranges_of_too_many_values():
    def between(count):
        looked = trial("n*(n - m) <= n^2 + 1", ["n, m integer", f"0 <= n <= {count}", "m >= 0"])
        return looked, integer_cases.one_by_one

    looked, one_by_one = between(integer_cases.MOST_VALUES + 1)
    with working(WORK):
        assert one_by_one(looked.search, looked.builder, 2) is None
    looked, one_by_one = between(3)
    with working(WORK):
        assert one_by_one(looked.search, looked.builder, 2) is not None


def test_real_roots():
    context = flint.fmpq_mpoly_ctx.get(["x"], "lex")
    [x] = context.gens()
    assert sorted(round(r) for r in integer_cases.real_roots((x - 3) * (x + 2) * (x**2 + 1), 0)) == [-2, 3]
