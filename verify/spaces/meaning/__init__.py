"""From what was written to what it means: ``elaborate`` makes a problem of a claim, ``terms`` terms of trees.

``classes`` says what classes of functions and operators amount to at named points, ``function_points`` where
functions are used, ``stages`` when random names are known, ``operator_terms`` operators before a vector.
"""
