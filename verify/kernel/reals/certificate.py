"""Proofs of theorems, and whole certificates of statements about numbers.

A certificate is JSON::

    {"schema": 1, "theorems": [{"id", "variables", "hypotheses", "definitions", "goal", "proof"}, ...]}

A theorem may cite those before it, and the last one is the result. What a theorem says is in ``statement.py``. A proof
is a tree of nodes ``{"rule": name, ...}``, whose other fields are the parameters of that rule.
"""

from ..reading import Json, Refused, need, shown
from .json_form import fields, items
from .rules import OF_LIMITS, RULES
from .run import Run
from .state import Remaining, State
from .statement import read_theorem
from .terms import Formula
from .work import LIMIT, STEPS


class Checker(Run):
    """A run that reads theorems and works through their proofs."""

    def theorem(self, data: Json) -> tuple[State, Json, dict[str, str], list[Formula]]:
        """The state to prove, its proof, the variables, hypotheses and conclusion: see ``read_theorem``."""
        return read_theorem(data, self.spend)

    def prove(self, state: State, proof: Json) -> int:
        """Work through a proof; returns the number of steps."""
        open_states, steps = [(state, proof)], 0
        while open_states:
            current, node = open_states.pop()
            steps += 1
            need(steps < STEPS, "the proof is too long")
            open_states.extend(reversed(self.step(current, node)))
        return steps

    def step(self, state: State, node: Json) -> Remaining:
        """The states that remain after one node."""
        need(isinstance(node, dict) and isinstance(node.get("rule"), str), "a proof node names its rule")
        need(node["rule"] in RULES, f"no rule is called {shown(node['rule'])}")
        rule, names = RULES[node["rule"]]
        need(state.goal[0] != "limit" or node["rule"] in OF_LIMITS, "not for limits")
        return rule(self, state, *fields(node, "rule", *names)[1:])


def check(certificate: Json) -> str:
    """A sentence saying what was accepted; raises ``Refused`` for everything else, malformed data included."""
    try:
        schema, theorems = fields(certificate, "schema", "theorems")
        need(type(schema) is int and schema == 1, "unknown schema")
        need(bool(items(theorems)), "no theorem")
        steps = accepted(Checker(LIMIT), theorems)
        return f"{len(theorems)} theorem{'s' * (len(theorems) > 1)} in {steps} steps, all of them checked"
    except Refused:
        raise
    except (RecursionError, MemoryError):
        raise Refused("the certificate is nested too deeply or too large") from None
    except Exception as error:  # whatever goes wrong while reading hostile data is a refusal
        raise Refused(f"malformed: {type(error).__name__}") from None


def accepted(checker: Checker, theorems: Json) -> int:
    """Work through some theorems, each of which may cite those before it; returns the number of steps."""
    steps = 0
    names: set[str] = set()
    for data in items(theorems):
        state, proof, kinds, parts = checker.theorem(data)
        name = data["id"]
        need(isinstance(name, str) and bool(name) and name not in names, "a theorem needs its own id")
        names.add(name)
        steps += checker.prove(state, proof)
        if state.goal[0] != "limit":
            checker.theorems[name] = (kinds, parts)
    return steps
