"""The sheet of theorems, as an appendix has them: setting, main results with proofs, lemmas, computations, records.

``roles`` says which claim is a theorem and which a lemma, ``standing`` what is assumed throughout, ``placing`` where
each derivation is shown; ``theorems``, ``proofs``, ``displays`` and ``tables`` write the parts, ``document`` puts them
together. Nothing here computes anything: statements, derivations and verdicts come as they are.
"""

from verify.reports.sheet.document import sheet as sheet
