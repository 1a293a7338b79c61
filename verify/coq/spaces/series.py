"""Equations of sums over a range with their normal forms."""

from __future__ import annotations

from verify.coq.spaces.expectations import Expectations
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Term


class Series(Expectations):
    """Sums at one place."""

    def series(self, t: Term, form: Term) -> str:
        raise Untranslated("a sum over a range")
