"""Proofs of sequents, each handed over as a certificate that the kernel accepted.

``api.py``, ``process.py``      the way in: ``prove``, here or in a process of its own; ``outcome.py``: what it finds
``circular.py``                 statements with pi, sin and cos: more than is asked, or ball arithmetic;
                                ``circular_points.py``, ``circular_multiples.py``: where they fail
``border.py``                   a statement on its way into the kernel: each conversion once
``search.py``                   rounds, logic, cases; ``tactic.py``: what a method is and may ask; ``table.py``: order
``proof_builder.py``            a proof under construction; ``closing.py``, ``derived_equations.py``: steps of many
``one_variable/``               functions of one variable: where they change, and proofs piece by piece;
                                ``ball_values.py``: values of terms on boxes
``tactics/``, ``scripts/``      the methods, one a file; proofs of a theory's claims from their hints
"""

from verify.prover.api import prove as prove
from verify.prover.outcome import EmptyDomain as EmptyDomain
from verify.prover.outcome import Outcome as Outcome
