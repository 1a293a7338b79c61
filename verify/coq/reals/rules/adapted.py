"""The rules ``numeric``, ``sturm``, ``residues`` and ``slope``, whose printers stand in files of their own."""

from __future__ import annotations

from verify.coq.reals.replay import Step
from verify.coq.reals.rules import enclosures, residues, roots, slopes
from verify.coq.reals.rules.exporting import Exporter, step_of
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work


def rule_numeric(work: Work, scope: Scope, step: Step) -> Rest:
    enclosures.rule_numeric(Exporter(work), scope, step_of(step))
    return None


def rule_sturm(work: Work, scope: Scope, step: Step) -> Rest:
    roots.rule_sturm(Exporter(work), scope, step_of(step))
    return None


def rule_residues(work: Work, scope: Scope, step: Step) -> Rest:
    residues.rule_residues(Exporter(work), scope, step_of(step))
    return None


def rule_slope(work: Work, scope: Scope, step: Step) -> Rest:
    slopes.rule_slope(Exporter(work), scope, step_of(step))
    return None
