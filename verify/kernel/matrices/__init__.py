"""Identities between matrices: what a certificate of derivations proves. In the order in which one reads them:

``words.py``        letters, words and polynomials in them; how they are written in a certificate
``algebra.py``      sums and products of such polynomials, in a form in which equal ones look the same
``expressions.py``  reading them; inverses, substitution, setting a symbol to 0
``rules.py``        substitute_letters, gradient, coefficient_of_vector, solve_with_inverse
``expectation.py``  expect: Gaussian letters, by pairings
``averages.py``     average_over_tasks
``certificate.py``  a whole certificate
"""
