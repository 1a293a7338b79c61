"""Statements about vectors, expectations, sums and function classes: read, decided, certified.

What is written: ``surface`` the tree that a reader makes. What it means: ``problem``, names with their sorts,
definitions, hypotheses and goals in the language of ``verify.kernel.spaces``. What the search works on: ``gram``, the
same as linear forms in inner products, with coefficients in the parameters.

Counterexamples: ``refute`` writes a problem out in coordinates (``instances``, ``coordinates``, with what ``given``
hypotheses say, ``chances`` and ``templates`` of functions) and searches; ``acceptance`` lets a ``model`` through if
``values`` (``arithmetic``) and ``second_values`` (``second_reading``) agree and the ``functions`` exist, explicitly or
by ``interpolation``; ``witness`` prints, ``plot`` draws.
"""
