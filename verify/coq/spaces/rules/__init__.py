"""The rules of the kernel, printed for Coq: the same files and names as in ``verify/kernel/spaces/rules/``.

``logic.py``         known, split, have, cases
``numbers.py``       lemma
``positivity.py``    combine
``vectors.py``       null, schwarz, vectors
``expectations.py``  expect
``ranges.py``        termwise, general, induction, instance
"""

from __future__ import annotations

from collections.abc import Callable

from verify.coq.spaces.place import Scope, Work
from verify.coq.spaces.replay import Step
from verify.coq.spaces.rules import expectations, logic, numbers, positivity, ranges, vectors
from verify.coq.spaces.rules.rest import Rest

RULES: dict[str, Callable[[Work, Scope, Step], Rest]] = {
    name.removeprefix("rule_"): function
    for module in (logic, numbers, positivity, vectors, expectations, ranges)
    for name, function in vars(module).items()
    if name.startswith("rule_")
}
