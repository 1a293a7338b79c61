"""The evidence cache: what was found is kept under the hash of everything it depends on.

``sources`` hashes the code, ``canonical`` and ``keys`` say what a piece of evidence depends on, ``store`` keeps it,
``recheck`` has its certificates checked again, ``session`` is its use in one run, ``explain`` answers ``verify why``.
"""
