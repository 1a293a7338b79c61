"""Evidence for the theory: proofs with certificates, refutations with witnesses, simulations of the definitions.

This package imports nothing on its own, so that ``verify.kernel.checker`` can run without the prover or SymPy.
"""
