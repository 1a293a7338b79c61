"""Formulas as LaTeX: scalars, trace polynomials, statements, domains and derivations, in the notation of a setting.

``names`` spells symbols, ``order`` orders terms and factors, ``arrange`` brings a formula into the form that is
printed, ``printer`` prints it with the ``brackets`` that it needs; ``words`` and ``matrices`` print trace
polynomials, ``folding`` finds the closed forms that are printed by name, ``text`` sets sentences. ``typesetter`` puts
these together for one setting. On top of it are ``formulas``, ``domains``, ``spatial`` (statements about vectors),
``statements`` (with claims and named expressions) and ``derivations``; ``line_breaks`` breaks what is too wide, and
``display`` is how notebooks show claims.
"""
