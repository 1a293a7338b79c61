"""The rules ``numeric``, ``sturm``, ``residues`` and ``slope``, whose printers stand in files of their own."""

from __future__ import annotations

from collections.abc import Callable

from verify.coq.reals import replay
from verify.coq.reals.rules import enclosures, residues, roots, slopes
from verify.coq.reals.rules.exporting import Exporter, Step, step_of
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work


def _adapted(printer: Callable[[Exporter, Scope, Step], None]) -> Callable[[Work, Scope, replay.Step], Rest]:
    """A rule of a printer that writes all of the proof itself."""

    def rule(work: Work, scope: Scope, step: replay.Step) -> Rest:
        printer(Exporter(work), scope, step_of(step))
        return None

    return rule


rule_numeric = _adapted(enclosures.rule_numeric)
rule_sturm = _adapted(roots.rule_sturm)
rule_residues = _adapted(residues.rule_residues)
rule_slope = _adapted(slopes.rule_slope)
