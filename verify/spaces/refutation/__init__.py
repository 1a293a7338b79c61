"""The search for counterexamples: a problem written out in coordinates, over the rational numbers.

``refute`` takes ``instances`` one after the other: dimensions, trees of outcomes and ``templates`` of functions, with
what ``given`` hypotheses say solved by construction, and ``coordinates`` for every term.
"""
