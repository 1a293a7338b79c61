"""The search for multipliers: goal = sum of multiplier * hypothesis + squares, for all values of the parameters.

``system`` is one problem in matrices, of the linear forms in inner products of ``gram``. ``multipliers`` are said, or
searched: ``sdp`` at ``points``, ``support``, ``equations`` and ``fitting`` give a guess over ``ratios``, with
``roots`` and ``nearby`` numbers, in the units of ``scales``; ``combine`` makes it a proof with ``ldl`` and the signs of
``obligations`` under ``conditions``, ``cases`` does so by cases. ``tight`` looks for witnesses by the dual program.
"""
