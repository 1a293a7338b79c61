"""Papers: reads the displays of a LaTeX file and checks them, line by line, on their own or against claims.

What a paper is made of: ``document`` its events, ``scanner`` finds them on its ``walk`` through the files, ``inputs``
and ``sources`` open those; ``definitions`` and ``definers`` follow ``macros`` through ``groups`` and
``conditionals``, ``shorthands`` and ``display_end`` find displays that macros open and close, ``meanings`` lists the
commands that have one already; ``asides`` are formulas in sentences that define names. What a display says:
``tokens`` of it, ``cleaning``, ``numerals``, ``columns`` and ``rows`` split them into statements (``statement``),
``signs``, ``remarks`` and ``conditions`` tell relations, words and what holds for a statement, ``inner`` refuses rows
inside terms, ``continuation`` joins chains over displays, ``unasked`` keeps what others define, ``elsewhere`` what is
defined where it is not in force, ``keys`` names as they are printed, ``lexicon`` and ``lexicons`` what they mean in a
theory, ``names`` what one paper says of its own, ``spelling`` how it uses them; ``cursor``, ``name_reader``,
``function_reader``, ``grammar`` and ``formulas`` read terms and relations, ``ambiguity`` refuses what may be read in
two ways.

What is checked: ``check`` goes through a paper with the ``assumptions`` in force, and what is ``displayed`` of such;
``derive`` decides the steps of a derivation, ``doubts`` and ``indices`` the counterexamples that do not count;
``compare`` decides displays that are bound to one of the ``targets``, on its ``ground``: ``binding`` says what has to
be equal, and ``opaque`` replaces roots. ``decide`` asks the prover, ``memory`` the cache first; ``step`` holds what
was found, ``show`` and ``report`` print it.

What would mend a refuted step: ``suggest`` tries the ``edits`` of it as it is written, whose layout ``atoms`` knows;
``trials`` and ``spatial_trials`` read and ask, ``trivial`` refuses what says nothing. ``fix`` makes edits in the
file.

Steps about vectors, expectations and sums: ``spatial_names`` and ``spatial_written`` read names and their families,
``spatial_cursor``, ``spatial_operators``, ``spatial_atoms`` and ``spatial_grammar`` terms, ``spatial_chains`` chains,
``spatial_comments`` declarations, ``spatial_displayed`` definitions. ``spatial_settle`` and ``spatial_context`` make
a claim of a step, ``spatial_lines`` adds the lines that it uses, ``spatial_decide`` finds the prover,
``spatial_steps`` asks it, and ``spatial_memory`` the cache first.
"""
