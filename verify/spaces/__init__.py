"""Statements about vectors, expectations, sums and function classes: read, decided, certified.

What is written: ``surface`` the tree that a reader makes. What it means: ``problem``, names with their sorts,
definitions, hypotheses and goals in the language of ``verify.kernel.spaces``. What the search works on: ``gram``, the
same as linear forms in inner products, with coefficients in the parameters.
"""
