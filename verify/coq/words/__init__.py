"""Certificates of matrix identities as theorems of Coq. In the order in which one reads them:

``names.py``        numbers and names of letters, dimensions and symbols
``writing.py``      polynomials, for the computation and for the reader
``script.py``       the theorem while it is being written
``expressions.py``  sums, multiples, other letters
``rules.py``        expectations and gradients
``theorem.py``      a whole certificate
"""

from .theorem import IMPORTS, LIBRARY, theorem

__all__ = ["IMPORTS", "LIBRARY", "theorem"]
