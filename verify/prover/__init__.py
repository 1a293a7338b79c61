"""Proofs of sequents, each handed over as a certificate that ``verify.kernel.checker`` accepted."""

from verify.prover.api import prove as prove
from verify.prover.outcome import EmptyDomain as EmptyDomain
from verify.prover.outcome import Outcome as Outcome
