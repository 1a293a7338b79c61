"""Proofs of a theory's claims from their hints.

``library.py``            each claim is proved once, and a certificate carries all that it rests on
``hint_interpreter.py``   every step of a hint becomes a node; what is left is a leaf
``leaf_prover.py``        leaves: ``leaf_equations.py`` uses up equations, ``leaf_signs.py`` decides by signs of factors
"""
