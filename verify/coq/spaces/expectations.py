"""Equations of expectations with their normal forms."""

from __future__ import annotations

from verify.coq.spaces.identities import Identities
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Term


class Expectations(Identities):
    """Expectations at one place."""

    def mean(self, t: Term, form: Term) -> str:
        raise Untranslated("an expectation")

    def vector_mean(self, v: Term, form: Term) -> str:
        raise Untranslated("an expectation of a vector")
