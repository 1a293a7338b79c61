"""Variants of a claim about vectors, judged: its mutants, and what is left when one assumption is dropped."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from verify.claims.claim import Claim
from verify.claims.statement import Spatial
from verify.evidence.routes.spatial import certificate_for, counterexample, on_one_line
from verify.regression.spatial_mutants import spatial_mutants
from verify.regression.trial import Trial, Variant
from verify.runtime.budget import SECOND, Braked
from verify.runtime.errors import BadInput
from verify.spaces.meaning.elaborate import elaborate
from verify.spaces.reading import surface
from verify.spaces.reading.surface import ClassOf, Declared
from verify.spaces.reading.text import chain_text, term_text
from verify.spaces.spatial import tree

WORK = 12 * SECOND  # for one variant: most that fall do so in less than one


def mutated(claim: Claim, statement: Spatial) -> list[Variant]:
    """Every mutant of a claim."""
    return [partial(_trial, claim, m.slip, m.claim) for m in spatial_mutants(tree(statement))]


def without_each(claim: Claim, statement: Spatial) -> list[Variant]:
    """Each assumption dropped in turn: a relation, a class of a function, independence; not what kind a name is."""
    stated, out = tree(statement), list[Variant]()
    for i, chain in enumerate(stated.assumptions):
        rest = (*stated.assumptions[:i], *stated.assumptions[i + 1 :])
        out.append(partial(_trial, claim, chain_text(chain), replace(stated, assumptions=rest)))
    for i, d in enumerate(stated.declarations):
        if not isinstance(d, Declared):
            rest_of = (*stated.declarations[:i], *stated.declarations[i + 1 :])
            out.append(partial(_trial, claim, _text(d), replace(stated, declarations=rest_of)))
    return out


def _trial(claim: Claim, change: str, variant: surface.Claim) -> Trial:
    """A variant that means nothing, as where a sort is no longer known, is refused: the change would be noticed."""
    try:
        stated = elaborate(variant)
    except BadInput as error:
        return Trial(claim.id, change, "refuted", f"it is refused: {error.what}")
    try:
        if certificate_for(stated, WORK)[0] is not None:
            return Trial(claim.id, change, "proved")
        witness, _ = counterexample(stated, 2, WORK)
        if witness is not None:
            return Trial(claim.id, change, "refuted", on_one_line(witness))
    except Braked:
        return Trial(claim.id, change, "open")
    return Trial(claim.id, change, "open")


def _text(d: surface.Declaration) -> str:
    """A declaration as somebody would say it."""
    match d:
        case ClassOf(name, what, None):
            return f"{name} {what}"
        case ClassOf(name, what, parameter) if parameter is not None:
            return f"{name} {term_text(parameter)}-{what}"
    return f"{', '.join(d.names)} independent" if not isinstance(d, ClassOf) else d.name
