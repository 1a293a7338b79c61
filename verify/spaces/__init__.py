"""Statements about vectors, expectations, sums and function classes: read, decided, certified.

What is written: ``surface`` the tree that a reader makes. What it means: ``problem``, names with their sorts,
definitions, hypotheses and goals in the language of ``verify.kernel.spaces``. What the search works on: ``gram``, the
same as linear forms in inner products, with coefficients in the parameters.

The search for such proofs: ``cases`` by cases, ``multipliers`` without; ``combine`` verifies a guess exactly, with
``ldl`` (sums of squares), ``obligations`` (signs as theorems about numbers) and ``conditions``; guesses come from
``support``, ``sdp``, ``equations`` and ``fitting``, at ``points``. ``tight`` looks for a witness instead. ``ratios``
and ``system`` are what all of them compute with.
"""
