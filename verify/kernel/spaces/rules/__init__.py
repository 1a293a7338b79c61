"""The rules: what each infers, why that is sound, and what is checked, is said where it is defined.

``logic.py``         known, split, have, cases
``numbers.py``       lemma: a theorem about numbers, which the checker beside has accepted
``positivity.py``    combine: sums of squares, of facts, of equations
``vectors.py``       null, schwarz, vectors
``expectations.py``  expect, moments, products
``ranges.py``        termwise, general, induction, instance

A rule is a function ``rule_NAME(run, state, ...)`` in one of these files. Its other parameters are the fields that a
node of a proof has besides ``rule``; it returns the states that remain, each with its proof.
"""

from collections.abc import Callable
from typing import TypeAlias

from ..state import Remaining
from . import expectations, logic, numbers, positivity, ranges, vectors

Rule: TypeAlias = tuple[Callable[..., Remaining], tuple[str, ...]]  # the function, the fields that it reads

RULES: dict[str, Rule] = {
    name.removeprefix("rule_"): (f, f.__code__.co_varnames[2 : f.__code__.co_argcount])
    for module in (logic, numbers, positivity, vectors, expectations, ranges)
    for name, f in vars(module).items()
    if name.startswith("rule_")
}
