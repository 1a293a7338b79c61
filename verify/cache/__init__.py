"""The evidence cache: what was found is kept under the hash of everything it depends on.

sources.py hashes the code and follows what imports.py reads, which closures.py keeps; canonical.py and keys.py say
what a piece of evidence depends on, store.py keeps it as the rows of rows.py and the texts of texts.py. believing.py
says what a row may say about a claim, recheck.py has its certificates and counterexamples checked again.
confirmations.py keeps what Coq has re-proved. sealed.py keeps the results of a whole theory under the seal of this
machine, which seal.py makes, and sealed_files.py those of files of claims; libraries.py notices where SymPy was
edited. cited.py finds the sources of other theories, elsewhere.py has claims made anew on another machine.
session.py is the cache in one run, explain.py answers ``verify why``.
"""
