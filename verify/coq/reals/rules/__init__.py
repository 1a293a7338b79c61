"""The rules of the kernel, printed for Coq: the same files and names as in ``verify/kernel/reals/rules/``.

A rule is a function ``rule_NAME(work, scope, step)``. It writes the proof of the step's goal as far as the rule goes,
and returns the scope and the step that are left, None where nothing is. What it does to the scope it does in place.

``logic.py``       known, split, have, cases, either
``citing.py``      axiom, cite
``equality.py``    congruent, rewrite, define, extreme, bound
``arithmetic.py``  ring, psatz, sign
``induction.py``   induction
``limits.py``      limit
``composed.py``    compose
``enclosures.py``  numeric
``roots.py``       sturm
``residues.py``    residues
``irrational.py``  irrational
``slopes.py``      slope; ``derivatives.py`` has the derivatives and continuity that it asks for
"""

from __future__ import annotations

from collections.abc import Callable

from verify.coq.reals.replay import Step
from verify.coq.reals.rules import (
    arithmetic,
    citing,
    composed,
    enclosures,
    equality,
    induction,
    irrational,
    limits,
    logic,
    residues,
    roots,
    slopes,
)
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work

RULES: dict[str, Callable[[Work, Scope, Step], Rest]] = {
    name.removeprefix("rule_"): function
    for module in (
        logic,
        citing,
        equality,
        arithmetic,
        induction,
        limits,
        composed,
        enclosures,
        roots,
        residues,
        irrational,
        slopes,
    )
    for name, function in vars(module).items()
    if name.startswith("rule_")
}
