"""A library of Coq that one reads and requires: a Definition for each quantity of a theory, a theorem for each claim.

``source.py``      what it is made of: quantities and claims as the theory states them
``vocabulary.py``  quantities as Definitions, and what those of a claim are called there
``notation.py``    terms and formulas with no more parentheses than Coq needs
``statements.py``  a claim about numbers as a theorem, proved from that of its certificate
``connectives.py``, ``signs.py``  what such a proof needs beside it
``matrices.py``    theorems about matrices under the names of their claims
``reading.py``     what was written, read back and compared with the claim
``library.py``     the files; ``readme.py`` the page that goes with them
"""
