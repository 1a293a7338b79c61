"""Certificates of matrix identities as theorems of Coq. In the order in which one reads them:

``names.py``        numbers and names of letters, dimensions and symbols
``writing.py``      polynomials, for the computation and for the reader
``script.py``       the theorem while it is being written
``binders.py``      variables of its statement
``expressions.py``  sums, products, other letters
``inverses.py``     equations that an inverse solves
``rules.py``        expectations, averages and gradients
``zeros.py``        symbols that are set to 0
``theorems.py``     a whole certificate
``reading.py``      its statement read back and compared with the certificate

What the theorems speak of is in ``library/Matrices.v``; all other files of the library serve their proofs.
"""

from .reading import says
from .theorems import IMPORTS, LIBRARY, theorem

__all__ = ["IMPORTS", "LIBRARY", "says", "theorem"]
