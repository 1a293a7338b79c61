"""Tells IPython how to show what the public interface gives, without loading any of it before it is shown."""

from __future__ import annotations

from typing import Any

# By module and class, as IPython takes them; what they look like is said in ``verify.reports.notebook``.
TYPES = (
    ("verify.claims.claim", "Claim"),
    ("verify.claims.domain", "Domain"),
    ("verify.claims.quantities", "Quantity"),
    ("verify.claims.setting", "NamedExpression"),
    ("verify.counterexamples.witness", "Witness"),
    ("verify.derivations.derivation", "Derivation"),
    ("verify.evidence.results", "ClaimResult"),
    ("verify.evidence.results", "Evidence"),
    ("verify.prover.outcome", "Outcome"),
    ("verify.spaces.decide", "Outcome"),
    ("verify.spaces.models.witness", "Witness"),
)

FORMULAS = (  # what has a form that is one formula, too, for what shows no HTML
    ("verify.claims.claim", "Claim"),
    ("verify.claims.setting", "NamedExpression"),
    ("verify.derivations.derivation", "Derivation"),
)


def register(shell: Any) -> None:
    """Teach a running IPython; ``%load_ext verify`` and ``import verify`` in a notebook do it."""
    formatters = shell.display_formatter.formatters
    for module, name in TYPES:
        formatters["text/html"].for_type_by_name(module, name, _html)
    formatters["text/html"].for_type(list, _results)
    for module, name in FORMULAS:
        formatters["text/latex"].for_type_by_name(module, name, _latex)


def _html(shown: object) -> str | None:
    from verify.reports.notebook import html

    return html(shown)


def _results(shown: list[object]) -> str | None:
    """A list is left as it is unless it is one of results, as ``verify.check`` gives it."""
    first = type(shown[0]) if shown else None
    return _html(shown) if first is not None and (first.__module__, first.__name__) in TYPES else None


def _latex(shown: Any) -> str | None:
    import verify.typesetting.display  # noqa: F401 -- says how

    found: str | None = shown._repr_latex_()
    return found
