"""Functions of one real variable on an interval: where their sign and their slope change, and proofs of it.

``interval.py``      an interval with rational or infinite ends, and points inside
``sign_changes.py``  where a sign changes, by ball arithmetic: where to look, no more
``boxes.py``         proofs that a term is positive on a short interval, from bounds of the function values in it
``pieces.py``        the pieces on which a function rises or falls, and where each has its least value
``candidates.py``    functions with the sign of a given one and a simpler slope
``mean_value.py``    what the mean value theorem asks for on one piece
``new_variables.py`` another variable for the one of a statement
``chains.py``        proofs by repeated differentiation, piece by piece
"""
