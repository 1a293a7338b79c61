"""Statements about vectors, expectations, sums and function classes: read, decided, certified.

What is written: ``surface`` the tree that a reader makes, ``text`` the tree as text. The reader of plain text:
``tokens`` its words, ``word_reader`` a position in them, ``term_reader`` terms and relations, ``bounds`` on their size,
``assumption_reader`` declarations, ``plain`` whole inputs, ``recognition`` which inputs come here. What kind each name
is: ``uses`` as far as uses say, ``sorts`` with all that is declared, ``agreement`` whether the terms agree,
``explanation`` why they do not.

What it means: ``elaborate`` makes a ``problem`` of it, names with their sorts, definitions, hypotheses and goals in the
language of ``verify.kernel.spaces``; ``classes`` what classes of functions say, ``stages`` when random names are known,
``prudence`` what is refused because a reader would take it otherwise,
``operator_terms`` operators before a vector.

Proofs: ``decide`` is the way in (``entry`` from Python, for texts of any kind), ``proving`` tries one route after the
other. ``script`` is a proof while it is being written, ``dump`` writes terms. The routes: ``numbers`` asks the prover
of statements about numbers, with ``norms``, ``operators`` and ``powers`` for what else is known; ``ranges`` adds up,
takes members, and goes by induction, with ``geometric_sums`` beside it; ``combinations`` writes what the search for
multipliers finds. That search works on ``gram``, linear forms in inner products that ``linear_forms`` makes:
``multipliers`` (``support``, ``fitting``, ``sdp``, ``equations``), ``cases``, ``combine`` and ``ldl`` over ``ratios``,
with signs from ``obligations`` under ``conditions`` at ``points``; ``system`` is one problem in matrices, ``tight``
looks for witnesses by the dual program.

Counterexamples: ``refute`` writes a problem out in coordinates (``instances``, ``coordinates``, with what ``given``
hypotheses say, ``chances`` and ``templates`` of functions) and searches; ``acceptance`` lets a ``model`` through if
``values`` (``arithmetic``) and ``second_values`` (``second_reading``) agree and the ``functions`` exist, explicitly or
by ``interpolation``; ``witness`` prints, ``plot`` draws. ``bound_names`` is the form of a problem that they take.

Claims: ``spatial`` reads the text of one, ``kept_models`` are models as data, as the cache keeps them.
"""
