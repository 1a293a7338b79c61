"""What a statement is tried in: one inner product space, one finite probability space, explicit functions.

``acceptance`` is the one door: a ``model`` passes if ``values`` (with ``arithmetic``, ``quadratic_forms``) and
``second_values`` (with ``second_reading``) agree in their ``verdict``, and the ``functions`` exist, explicitly or by
``interpolation``. ``chances`` are trees of outcomes; ``bound_names`` is the form of a problem that models are looked
for in. ``witness`` prints, ``plot`` draws, ``kept_models`` are models as data, as the cache keeps them.
"""
