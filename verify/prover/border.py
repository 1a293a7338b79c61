"""The border between a statement as people write it and the forms in which it is proved: each conversion once.

The forms of one statement, from text to certificate, and who makes them:

    text  ->  terms of the language     verify.language.parser (or claims.sequents, from SymPy)
    terms ->  JSON                      ``Statement.json``, once a statement: what a certificate states
    JSON  ->  kernel tuples             the kernel reads it: once for the search, once more in the independent check
    terms ->  tuples                    ``rational_functions.raw``, where points are evaluated
    tuples -> FLINT polynomials -> tuples    a ``Field``, inside a tactic that needs gcds or factors
    tuples -> JSON nodes                ``proof_builder.dump``: the kernel reads every node, so that nothing the search
                                        believes gets into a proof unread

How often that happens while ``prove`` works on ``x + 1/x >= 2`` for x > 0, and what it was when each place converted
for itself (``tests/verify/prover/test_border.py`` counts):

    conversion                           was   is
    terms  -> JSON                         2    1
    terms  -> tuples                     733    5    (once for each point and formula; now once for each formula)
    JSON   -> tuples, the statement        2    2    (the independent check has to read what it is given)
    tuples -> JSON, in nodes               2    2
    FLINT  -> tuples                       4    4
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.state import State
from verify.language import logic
from verify.language.json_form import to_json
from verify.language.logic import Sequent
from verify.prover.proof_builder import Node


class Statement:
    """A sequent on its way through the kernel.

    >>> x = logic.Var("x")
    >>> square = Statement(Sequent((("x", "real"),), (), logic.Rel("<=", logic.ZERO, logic.power(x, 2))))
    >>> square.state(Checker()).goal
    ('<=', 0, ('^', 'x', 2))
    """

    def __init__(self, sequent: Sequent, name: str = "main") -> None:
        self.sequent, self.name = sequent, name

    @cached_property
    def json(self) -> dict[str, Any]:
        """The statement as a theorem of a certificate, without its proof."""
        return {"id": self.name, **to_json(self.sequent), "definitions": []}

    def state(self, checker: Checker) -> State:
        """What is to be proved, as the checker reads it: with what makes the goal defined."""
        state, *_ = checker.theorem({**self.json, "proof": None})
        return state

    def certificate(self, proof: Node) -> dict[str, Any]:
        """The statement with its proof, self-contained."""
        return {"schema": 1, "theorems": [{**self.json, "proof": proof}]}

    def contradictory(self) -> Statement:
        """That the hypotheses contradict each other."""
        return Statement(Sequent(self.sequent.variables, self.sequent.hypotheses, logic.FALSE), self.name)
