"""Theorems about numbers as Coq proves them.

``replay.py``      a certificate replayed by the kernel, step by step: what a printer for any prover starts from
``notation.py``, ``names.py``, ``reading.py``  terms, formulas and identifiers of Coq; statements read back
``script.py``      a proof as it is written; ``knowledge.py`` what is known at a place of it
``signed.py``, ``tidy.py``, ``arithmetic.py``  proofs of signs, divisors and identities
``integers.py``, ``congruences.py``  whole numbers, and polynomials modulo a number
``literals.py``    powers whose exponent becomes a literal
``rules/``         the kernel's rules, one function each
``theorem.py``     a theorem with its proof
"""
