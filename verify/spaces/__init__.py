"""Statements about vectors, expectations, sums and function classes: read, decided, certified.

The way of a claim: ``reading`` makes a tree of the text, ``meaning`` a problem of the tree (``problems``), ``proving``
looks for a proof, with ``multipliers``, and ``refutation`` for a counterexample, which has to pass ``models``.
``decide`` is the way in (``entry`` from Python, for texts of any kind, ``many`` for many of them, with an answer of
``answers`` for each); ``spatial`` reads the text of a theory's claim.
"""
