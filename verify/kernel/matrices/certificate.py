"""Whole certificates of matrix identities.

A certificate is JSON::

    {"schema": 1, "kind": "words", "claim": text, "letters": {name: [rows, cols, symmetric]},
     "inverses": {name: {"poly"}}, "derivations": [{"title", "start", "steps": [{"rule", "params", "after"}]}],
     "lhs": expression, "rhs": polynomial}

What is accepted, and what it means
    A polynomial is a function of its letters and symbols; dimensions are whole numbers from 1 on, a symbol that is a
    dimension is that number, and the letters of inverses depend on those that they are made of. Every rule is an
    operation on such functions, so what binds a letter (an expectation, an average) leaves a function of the others.
    Accepted is: the left side, made from the starts by the rules, and the right side are the same function, wherever
    the inverses, the quotients by symbols and the laws exist (and, as both are polynomials there, beyond). That the
    starts are the definitions meant is for the reader to see.

All work is counted, in units of about a microsecond; a certificate that asks for more than ``MOST_WORK`` is refused.
"""

from collections.abc import Callable
from typing import TypeAlias

from ..reading import Document, Json, Refused, need
from .averages import rule_average_over_tasks
from .expectation import rule_expect
from .expressions import MatrixChecker
from .rules import (
    rule_coefficient_of_vector,
    rule_gradient,
    rule_solve_with_inverse,
    rule_substitute_letters,
)
from .words import MOST_BYTES, WordPolynomial, escaped, listed, of, table

Rule: TypeAlias = tuple[
    Callable[..., WordPolynomial], tuple[str, ...], tuple[str, ...]
]  # function, parameters, optional ones

RULES: dict[str, Rule] = {
    "substitute_letters": (rule_substitute_letters, ("letters",), ()),
    "expect": (rule_expect, ("laws",), ()),
    "gradient": (rule_gradient, ("letter",), ()),
    "coefficient_of_vector": (rule_coefficient_of_vector, ("letter",), ()),
    "solve_with_inverse": (rule_solve_with_inverse, ("unknown", "inverse"), ()),
    "average_over_tasks": (rule_average_over_tasks, ("matrix", "vector", "mean", "solution"), ("square",)),
}


def check(certificate: Json) -> str:
    """A sentence saying what was accepted; raises ``Refused`` for everything else, malformed data included."""
    try:
        return _checked(certificate)
    except Refused:
        raise
    except Exception as error:  # whatever goes wrong while reading hostile data is a refusal
        raise Refused(f"malformed: {type(error).__name__}") from None


def _checked(certificate: Json) -> str:
    """``check`` without care for malformed data."""
    schema, kind, claim, letters, inverses, derivations, lhs, rhs = of(
        certificate, "schema", "kind", "claim", "letters", "inverses", "derivations", "lhs", "rhs"
    )
    need(type(schema) is int and schema == 1, "unknown schema")
    need(kind == "words" and type(claim) is str, "not a certificate of a matrix identity")
    run, count = MatrixChecker(letters), 0
    run.declare(inverses)
    for derivation in listed(derivations):
        title, start, steps = of(derivation, "title", "start", "steps")
        need(type(title) is str, "a title is text")
        at = run.expression(start)
        for step in listed(steps):
            run.spend(100)
            rule, params, after = of(step, "rule", "params", "after")
            need(type(rule) is str and rule in RULES, f"no rule is called {escaped(rule)}")
            function, wanted, optional = RULES[rule]
            need(set(wanted) <= set(table(params)) <= {*wanted, *optional}, f"{rule} has other parameters")
            at = function(run, at, *(params[key] for key in (*wanted, *optional) if key in params))
            need(at == run.poly(after), f"{rule} gives something else than is recorded")
            count += 1
        run.results.append(at)
    need(run.expression(lhs) == run.poly(rhs), "the two sides are different")
    return f"{len(run.results)} derivations in {count} steps, all of them redone"


def admit(document: Document) -> None:
    """Refuses a file that is too long for a certificate of this kind, has a key twice, or a number that is not whole.

    A key that is there twice would let two readers see two certificates.
    """
    need(document.size <= MOST_BYTES, "the certificate is too long")
    need(not document.doubled, "a table has a key twice")
    need(document.number is None, f"{escaped(document.number)} is no whole number")
