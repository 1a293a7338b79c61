"""Tells the objects of the machine how notebooks show them."""

from __future__ import annotations

from verify.claims.claim import Claim
from verify.claims.setting import NO_SETTING, NamedExpression
from verify.derivations.derivation import Derivation
from verify.derivations.display import TYPESETTERS
from verify.typesetting.derivations import derivation_latex
from verify.typesetting.statements import claim_latex, expression_latex
from verify.typesetting.typesetter import typesetter

TYPESETTERS[Claim] = claim_latex
# A derivation does not know whose it is, so its symbols are written by their names.
TYPESETTERS[Derivation] = lambda derivation: derivation_latex(derivation, typesetter(NO_SETTING))
TYPESETTERS[NamedExpression] = expression_latex
