"""Certificates as theorems of Coq, which proves them again from lemmas of its own alone.

``reals/``         theorems about numbers: a certificate is replayed by the kernel and printed step by step
``words/``         matrix identities: by a verified computation with words
``spaces/``        theorems about vectors, expectations and sums: replayed and printed like those about numbers
``readable/``      a library for people: quantities by name, claims in reading order
``library/``       the lemmas that the proofs use, in Coq; ``lemmas.py`` finds them
``collection.py``  the theorems of many certificates in files
``coqc.py``        Coq itself: compiles, and says what was assumed
``refused.py``     which theorems of a file are to blame when Coq does not accept it
``exported.py``    what ``verify export coq`` writes
``untranslated.py``  what is not translated
"""
