"""From what was written to what it means: ``elaborate`` makes a problem of a claim.

``classes`` says what classes of functions and operators amount to at named points, ``function_points`` where
functions are used, ``stages`` when random names are known, ``operator_terms`` operators before a vector.
"""
