"""Papers: reads the displays of a LaTeX file and checks them, line by line, on their own or against claims.

What a file is made of: ``document`` its events, ``scanner`` finds them, ``definitions`` follows macros, ``meanings``
lists the commands that have one already. What a display says: ``tokens`` of it, ``cleaning`` and ``rows`` split them
into statements, ``signs`` and ``remarks`` tell relations and words, ``keys`` names as they are printed, ``lexicon``
what they mean in a theory, ``names`` what one paper says of its own, ``spelling`` how they are written;
``name_reader``, ``grammar`` and ``formulas`` read terms and relations, ``ambiguity`` refuses what may be read in two
ways.

What is checked: ``check`` goes through a paper with the ``assumptions`` in force; ``derive`` decides the steps of a
derivation, ``doubts`` the counterexamples that do not count; ``compare`` decides displays that are bound to one of the
``targets``, on its ``ground``: ``binding`` says what has to be equal, and ``opaque`` replaces roots. ``decide`` asks
the prover, ``memory`` the cache first; ``step`` holds what was found, ``show`` and ``report`` print it.

What would mend a refuted step: ``suggest`` tries the ``edits`` of it as it is written, whose layout ``atoms`` knows;
``trials`` and ``spatial_trials`` read and ask, ``trivial`` refuses what says nothing. ``fix`` makes edits in the file,
``watch`` waits until it is saved.

Steps about vectors, expectations and sums: ``spatial_names`` and ``spatial_written`` read names and their families,
``spatial_cursor``, ``spatial_operators``, ``spatial_atoms`` and ``spatial_grammar`` terms, ``spatial_chains`` chains,
``spatial_comments`` declarations. ``spatial_settle`` and ``spatial_context`` make a claim of a step, ``spatial_lines``
adds the lines that it uses, ``spatial_decide`` finds the prover, ``spatial_steps`` asks it, and ``spatial_memory`` the
cache first.
"""
