"""The search for a proof: one route after the other, each writing what the checker accepts or nothing.

``search`` is the order. The routes: ``numbers`` asks the prover of statements about numbers, with ``norms``,
``operators`` and ``powers`` for what else is known; ``ranges`` adds up, takes members, and goes by induction, with
``geometric_sums`` beside it; ``combinations`` writes what the search for multipliers finds in the ``linear_forms``,
with ``form_terms`` the way back.
"""
