"""Certificates about numbers as proofs in Coq, which re-proves them from its own library alone.

``replay.py``      a certificate replayed by the kernel, step by step: what every printer starts from
``notation.py``    terms and formulas in Coq; ``names.py`` identifiers; ``reading.py`` reads statements back
``script.py``      a proof as it is written; ``knowledge.py`` what is known at a place of it
``signed.py``, ``tidy.py``, ``arithmetic.py``  proofs of signs, divisors and identities
``integers.py``, ``literals.py``  whole numbers; powers whose exponent becomes a literal
``rules/``         the kernel's rules, one function each
``theorem.py``     a theorem with its proof
``collection.py``  the theorems of many certificates in files
``coqc.py``        Coq itself: compiles, and says what was assumed
``exported.py``    what ``verify export coq`` writes
``library/``       the lemmas that the proofs use, in Coq

Another prover needs another printer of the same steps: ``replay.py`` knows none.
"""
