"""Certificates of statements about vectors as theorems of Coq. In the order in which one reads them:

``notation.py``      terms and formulas as Coq writes them
``reading.py``       a statement of Coq read back
``replay.py``        a certificate replayed by the kernel
``place.py``         what is known at a place of a proof, and proofs about one outcome
``identities.py``, ``expectations.py``, ``series.py``   equations of terms with their normal forms
``knowledge.py``     what counts as known
``integers.py``, ``literals.py``   proofs that terms are integers, powers with literal exponents
``rules/``           the rules
``theorem.py``       a whole theorem

What the theorems speak of is in ``library/Spaces.v``, ``library/Chance.v`` and at the head of ``library/Ranges.v``;
that there are such things, in ``library/Models.v``. The other files of the library serve the proofs.
"""

from .theorem import HEAD, LIBRARY, NEEDED, theorem

__all__ = ["HEAD", "LIBRARY", "NEEDED", "theorem"]
