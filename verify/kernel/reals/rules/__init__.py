"""The rules: what each infers, why that is sound, and what is checked, is said where it is defined.

``logic.py``      known, split, have, cases, either
``citing.py``     axiom, cite
``equality.py``   congruent, rewrite, define, extreme, bound: equal terms, and new names
``arithmetic.py`` ring, sign, psatz: equations, products, sums
``integers.py``   residues, irrational, induction
``functions.py``  numeric, slope
``roots.py``      sturm
``limits.py``     limit, compose

A rule is a function ``rule_NAME(run, state, ...)`` in one of these files. Its other parameters are the fields that a
node of a proof has besides ``rule``; it returns the states that remain, each with its proof.
"""

from collections.abc import Callable
from typing import TypeAlias

from ..state import Remaining
from . import arithmetic, citing, equality, functions, integers, limits, logic, roots

Rule: TypeAlias = tuple[Callable[..., Remaining], tuple[str, ...]]  # the function, the fields that it reads

RULES: dict[str, Rule] = {
    name.removeprefix("rule_"): (f, f.__code__.co_varnames[2 : f.__code__.co_argcount])
    for module in (logic, citing, equality, arithmetic, integers, functions, roots, limits)
    for name, f in vars(module).items()
    if name.startswith("rule_")
}
OF_LIMITS = ("limit", "compose", "have", "axiom", "cite")  # that may be applied where the goal is a limit
