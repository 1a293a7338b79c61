"""Certificates as proofs for people: the steps of the checker as sentences and aligned equations, with their rules.

``terms`` writes formulas, ``trace`` redoes the steps with the checker's own rules, so that what is printed is what was
accepted; ``numbers`` and ``spaces`` say what the steps of the two checkers are, ``document`` makes a whole text.
"""

from verify.reports.certificates.document import certificate_document as certificate_document
from verify.reports.certificates.document import read_certificate as read_certificate
from verify.reports.certificates.proof import proof_lines as proof_lines
from verify.reports.certificates.writing import Writing as Writing
