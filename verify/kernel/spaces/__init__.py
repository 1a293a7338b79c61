"""The checker of certificates about vectors, expectations and sums.

``terms.py``        terms and formulas, with their bound names
``sorts.py``        the sorts of names, and terms and formulas read from a certificate, each of the sort that is wanted
``forms.py``        normal forms: inner products, expectations and sums multiplied out
``series.py``       normal forms of sums
``conditions.py``   when a statement is defined
``state.py``        what is to be shown, under which facts, and what counts as known
``rules/``          the rules: what each infers, why that is sound, and what is checked
``statement.py``    what a theorem says
``certificate.py``  proofs, and whole certificates

What is about numbers alone is proved to the checker beside, ``reals``, and cited (``rules/numbers.py``).

A theorem speaks of all Euclidean spaces H, of every finite dimension, all probability spaces with sigma-algebras
F_0 < F_1 < ..., F_0 trivial, and all values of its names: numbers, vectors of H, sequences of either, linear
self-adjoint maps of H. A name of level k is known at stage k: it is F_k-measurable, and has moments of all orders;
level 0 is a constant. If all definitions and hypotheses hold almost surely, then the goal is defined and holds almost
surely.
"""
