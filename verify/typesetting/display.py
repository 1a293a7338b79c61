"""Tells the objects of the machine how notebooks show them."""

from __future__ import annotations

from verify.claims.claim import Claim
from verify.claims.setting import NamedExpression
from verify.derivations.derivation import Derivation
from verify.derivations.display import TYPESETTERS
from verify.typesetting.derivations import derivation_latex
from verify.typesetting.statements import claim_latex, expression_latex

TYPESETTERS[Claim] = claim_latex
TYPESETTERS[Derivation] = derivation_latex
TYPESETTERS[NamedExpression] = expression_latex
