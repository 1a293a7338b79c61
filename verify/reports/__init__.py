"""Reports: the same results for a terminal, for a program, for a document and for the pages of the documentation.

``terminal`` prints what a check found, with ``tables`` and ``wrapping`` as wide as the terminal is; ``formats`` writes
it for programs, ``findings`` with ``locations`` say what is not as it should be and where; ``text`` writes claims and
derivations as plain text, ``docs`` the generated pages, ``account`` the one of a text, ``gallery`` the page of the
experiments. ``notebook`` shows objects in notebooks, ``ipython`` tells these of it. Of ``verify latex``:
``latex_chosen`` says what it is about, ``latex_forms`` prints one formula, ``latex_macros`` a file of macros, ``sheet``
the sheet of theorems, ``certificates`` a certificate as a proof, both with the ``displays`` of one page;
``latex_evidence`` finds what stands behind them, ``latex_build`` writes and compiles.
"""
