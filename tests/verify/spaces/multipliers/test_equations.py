"""Linear equations between multipliers: function values and absent vectors cancel."""

from __future__ import annotations

import pytest
import sympy as sp

from tests.verify.spaces.forms import L, dot, norm2, problem, total, value, vec
from verify.runtime.budget import Budget
from verify.spaces.multipliers.equations import Inconsistent, determined
from verify.spaces.multipliers.gram import Form, Inequality
from verify.spaces.multipliers.multipliers import system_of
from verify.spaces.multipliers.system import System


def system(goal: Form, *forms: Form) -> System:
    found = system_of(problem(["L > 0"], goal, *(Inequality(str(i), ">=", f) for i, f in enumerate(forms))), Budget())
    assert found is not None
    return found


def test_function_values_determine_multipliers() -> None:
    stated = system(total((L, value("f")), (-1, value("h"))), total((2, value("f")), (-1, value("h"))), value("f"))
    solved = determined(stated, {}, [0, 1])
    assert [solved[k].expression() for k in (0, 1)] == [1, sp.Symbol("L") - 2]
    fixed = {0: stated.home.one}
    assert determined(stated, fixed, [1])[1] == solved[1]


def test_a_vector_without_a_square_determines_them_too() -> None:
    a, b = vec(a=1), vec(b=1)
    stated = system(total((1, norm2(a)), (2 * L, dot(a, b))), total((1, dot(a, b))))
    assert determined(stated, {}, [0])[0].expression() == 2 * L
    with_square = system(total((1, norm2(a)), (2 * L, dot(a, b)), (1, norm2(b))), total((1, dot(a, b))))
    assert determined(with_square, {}, [0]) == {}


def test_what_cannot_cancel_is_said() -> None:
    with pytest.raises(Inconsistent):
        determined(system(value("f"), value("h")), {}, [0])
