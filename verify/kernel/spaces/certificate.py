"""Proofs, and whole certificates of statements about vectors, expectations and sums.

A certificate is JSON::

    {"schema": 1, "kind": "spaces", "numbers": [theorems about numbers], "theorem":
        {"names": [[name, kind, level], ...], "definitions": [[name, term], ...], "hypotheses": [formula, ...],
         "goal": formula, "proof": node}}

The theorems about numbers are those of the checker beside, each with its proof; the proof may cite them. A proof is a
tree of nodes ``{"rule": name, ...}``, whose other fields are the parameters of that rule.
"""

from ..reading import Json, Refused, need, shown
from ..reals.certificate import Checker, accepted
from ..reals.work import LIMIT as LIMIT_OF_NUMBERS
from .rules import RULES
from .sorts import fields
from .state import Remaining, Run, State
from .statement import read_theorem

LIMIT = 10_000_000  # units of work for one certificate, besides what is about numbers
STEPS = 5_000  # of one proof


def check(certificate: Json) -> str:
    """A sentence saying what was accepted; raises ``Refused`` for everything else, malformed data included."""
    try:
        schema, kind, numbers, theorem = fields(certificate, "schema", "kind", "numbers", "theorem")
        need(type(schema) is int and schema == 1 and kind == "spaces", "unknown schema")
        checker = Checker(LIMIT_OF_NUMBERS)
        accepted(checker, numbers)
        run = Run(LIMIT, checker.theorems)
        steps = prove(run, *read_theorem(run, theorem))
        cited = f" and {len(numbers)} theorem{'s' * (len(numbers) > 1)} about numbers" if numbers else ""
        return f"a theorem about vectors in {steps} steps{cited}, all of them checked"
    except Refused:
        raise
    except (RecursionError, MemoryError):
        raise Refused("the certificate is nested too deeply or too large") from None
    except Exception as error:  # whatever goes wrong while reading hostile data is a refusal
        raise Refused(f"malformed: {type(error).__name__}") from None


def prove(run: Run, state: State, proof: Json) -> int:
    """Work through a proof; returns the number of steps."""
    open_states, steps = [(state, proof)], 0
    while open_states:
        current, node = open_states.pop()
        steps += 1
        need(steps < STEPS, "the proof is too long")
        open_states.extend(reversed(step(run, current, node)))
    return steps


def step(run: Run, state: State, node: Json) -> Remaining:
    """The states that remain after one node."""
    need(isinstance(node, dict) and isinstance(node.get("rule"), str), "a proof node names its rule")
    need(node["rule"] in RULES, f"no rule is called {shown(node['rule'])}")
    rule, names = RULES[node["rule"]]
    run.algebra.spend(1 + 2 * (len(state.facts) + len(state.sorts)))
    return rule(run, state, *fields(node, "rule", *names)[1:])
