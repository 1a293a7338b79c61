"""What is known with what a conditional expectation is given; an assumption that would make more of it known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from verify.kernel.reals.terms import Term
from verify.kernel.spaces.sorts import level_of
from verify.kernel.spaces.terms import names, put
from verify.runtime.errors import BadInput
from verify.spaces.meaning.function_points import Made
from verify.spaces.meaning.stages import Stages
from verify.spaces.problems.problem import Sort
from verify.spaces.reading.sorts import Sorts
from verify.spaces.reading.surface import Chain, Node
from verify.spaces.reading.text import term_text
from verify.spaces.reading.uses import is_zero, steps


class Known:
    """The names of a claim, what they are defined to be, and the values and gradients at points (``made``)."""

    def __init__(self, sorts: Sorts, stages: Stages, definitions: Mapping[str, Term], made: Mapping[str, Made]) -> None:
        self.sorts, self.stages, self.made = sorts, stages, made
        self.said = {n: value for n, value in definitions.items() if n not in made}

    def check(self, chain: Chain, term: Callable[[Node], Term]) -> None:
        """BadInput where a conditional expectation equals what need not be known with what it is given.

        Such an equation says of the other side that it is known. ``E[X | Y] == X`` says nothing else, and is read; a
        name alone is defined. ``term`` gives the meaning of a node.
        """
        for op, a, b in steps(chain) if not chain.ranges else ():
            for mean, other in ((a, b), (b, a)):
                if op != "==" or mean.op != "E" or self.stages.of(mean) not in self.stages.told:
                    continue
                if other.op == "name" or other == mean.parts[0] or is_zero(other):
                    continue
                if self.level(term(other)) > self.stages.of(mean):
                    what = (
                        f"'{term_text(mean)}' equals '{term_text(other)}', which need not be known with what is given"
                    )
                    hint = "give the expectation all that it depends on, or take the expectation of both sides"
                    raise BadInput(what, hint, chain.text, other.start)

    def level(self, t: Term) -> int:
        """The stage at which a term is known, by what names are defined to be and by the points of functions."""
        found = {name: Sort(kind, self.stages.level(name)) for name, kind in self.sorts.kinds.items()}
        todo = {name: expanded(m.origin, self.said) for name, m in self.made.items()}
        while todo:
            for n in [n for n, origin in todo.items() if not names(origin) & todo.keys()] or list(todo):
                found[n] = Sort(self.made[n].kind, level_of(todo.pop(n), found))
        return level_of(expanded(t, self.said), found)


def expanded(t: Term, definitions: Mapping[str, Term]) -> Term:
    """A term with definitions put in, which don't go round in circles."""
    for _ in range(len(definitions) + 1):
        new: Term = put(t, definitions)
        if new == t:
            break
        t = new
    return t
