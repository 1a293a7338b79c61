"""A verifier of theorems: claims are proved with checkable certificates, refuted exactly, measured on the definitions.

This page is the table of contents of the public interface; what is not in it is internal and may change. Names are
loaded when they are first used, so that ``import verify`` costs nothing, and the kernel runs without SymPy.

State a claim: ``Claim`` over a ``Domain`` of bounds (``positive``, ``nonnegative``, ``at_least``, ``above``,
``between``, ``free``, ``Bound``), as an ``Identity``, ``Inequality``, ``Equivalence``, ``Minimiser``, ``Monotone``,
``Limit``, ``MatrixIdentity``, ``LoewnerOrder``, as ``Spatial`` text about vectors, or any formula that ``Holds``;
formulas are made of ``eq``, ``ne``, ``lt``, ``le``, ``gt``, ``ge``, ``all_of``, ``any_of``, ``implies``, ``iff``. Hint
at its proof: ``By``, ``Cite``, ``Fact``, ``Let``, ``Unfold``, ``Rewrite``, ``Axiom``, ``Sum``, ``Cases``, ``Split``,
``Assume``, ``Only``, ``Through``, ``Auto``. Put claims together: ``Theory`` with ``Quantity``, ``Unit``,
``NamedExpression``, ``Notation``, ``Folded``, ``Points``, ``Route``; ``load`` finds an installed one. Work with them:
``check``, ``prove`` (a text with its assumptions, about numbers or vectors), ``prove_many`` (texts or ``Conjecture``s,
with an ``Answer`` for each), ``refute``, ``parse``; ``explore`` a theory with sliders, in a notebook or a browser.

>>> import verify
>>> verify.prove("x + 1/x >= 2", ["x > 0"]).verdict.key
'proved'
>>> verify.prove("||x - y||^2 <= 2*||x||^2 + 2*||y||^2").verdict.key
'proved'
>>> [answer.verdict.key for answer in verify.prove_many(["x^2 >= 0", ("x > 1", ["x > 0"])])]
['proved', 'refuted']
>>> str(verify.refute(verify.parse("x + 1/x >= 3", ["x > 0"])))
'x = 1: left side 2, right side 3'
"""

import sys

# Nothing more is imported here: ``python -m verify.kernel`` runs this file before it could forbid that a module of the
# current folder stands in for one of Python's own.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_CONTENTS = {
    "verify.claims.claim": ("Claim", "second"),
    "verify.claims.domain": (
        "Bound", "Domain", "above", "at_least", "between", "free", "nonnegative", "positive",
    ),
    "verify.claims.statement": (
        "Equivalence", "Holds", "Identity", "Inequality", "Limit", "LoewnerOrder", "MatrixIdentity", "Minimiser",
        "Monotone", "Spatial",
    ),
    "verify.derivations.relations": (
        "Connective", "Relation", "all_of", "any_of", "eq", "ge", "gt", "iff", "implies", "le", "lt", "ne",
    ),
    "verify.claims.hints": (
        "Assume", "Auto", "Axiom", "By", "Cases", "Cite", "Fact", "Let", "Only", "Rewrite", "Split", "Sum", "Through",
        "Unfold",
    ),
    "verify.claims.theory": ("Theory",),
    "verify.claims.setting": ("NamedExpression", "Route", "Setting"),
    "verify.claims.quantities": ("Quantity", "Unit"),
    "verify.claims.notation": ("Folded", "Notation"),
    "verify.claims.points": ("Points",),
    "verify.derivations.derivation": ("Derivation",),
    "verify.derivations.expectation": ("E", "sample_covariance"),
    "verify.derivations.trace_polynomials": ("Letter", "TracePolynomial"),
    "verify.derivations.wick": ("MatrixLaw", "expectation"),
    "verify.evidence.results": ("ClaimResult", "Evidence"),
    "verify.evidence.run": ("check",),
    "verify.language.verdict": ("Verdict",),
    "verify.counterexamples.refute": ("refute",),
    "verify.runtime.errors": ("BadInput", "Malformed"),
    "verify.site.explore": ("explore",),
    "verify.spaces.answers": ("Answer",),
    "verify.spaces.entry": ("prove",),
    "verify.spaces.many": ("Conjecture", "prove_many"),
    "verify.testing.agreement": ("agrees_with",),
}  # fmt: skip
_MODULES = {name: module for module, names in _CONTENTS.items() for name in names}
_RENAMED = {
    "load": ("verify.claims.theories", "named"),
    "parse": ("verify.language.parser", "parse_problem"),
    "value_of": ("verify.claims.values", "value_of"),
    "load_claims": ("verify.claims.loading", "load_claims"),
}

__all__ = sorted([*_MODULES, *_RENAMED])


def __getattr__(name: str) -> "Any":
    import importlib

    module, original = _RENAMED.get(name, (_MODULES.get(name, ""), name))
    if not module:
        raise AttributeError(f"module 'verify' has no attribute {name!r}")
    return getattr(importlib.import_module(module), original)


def __dir__() -> list[str]:
    return __all__


def load_ipython_extension(shell: "Any") -> None:
    """Notebooks show claims, results, proofs and formulas as such: ``%load_ext verify``, or just ``import verify``."""
    import importlib

    importlib.import_module("verify.reports.ipython").register(shell)


_shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
if _shell is not None:
    load_ipython_extension(_shell)
