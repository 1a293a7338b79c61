"""What the steps of a certificate are written with: terms, references to facts and theorems, names of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verify.reports.certificates.terms import Terms
from verify.typesetting.text import escaped


@dataclass
class Writing:
    """``tags``: how a fact is referred to; ``named``: what theorems are called.

    ``stated``: a fact as the certificate states it, before definitions are put in, which is shorter. ``rules`` collects
    the names of the rules that were used.
    """

    terms: Terms
    tags: Mapping[Any, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)
    stated: Mapping[Any, Any] = field(default_factory=dict)

    def fact(self, f: Any) -> str:
        return f"${self.terms.formula(f)}$"

    def tag(self, f: Any) -> str:
        return self.tags.get(f, "")

    def rule(self, name: str) -> str:
        """The name of a rule, for the margin."""
        self.rules[name] = None
        return rf"\rulename{{{escaped(name)}}}"
