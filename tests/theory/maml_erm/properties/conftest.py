"""Hypothesis profiles: the same examples on every run by default; VERIFY_EXAMPLES=1000 searches anew, and deeper."""

import os

from hypothesis import HealthCheck, settings

COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}
settings.register_profile("ci", max_examples=20, derandomize=True, database=None, **COMMON)
if "VERIFY_EXAMPLES" in os.environ:
    settings.register_profile("deep", max_examples=int(os.environ["VERIFY_EXAMPLES"]), **COMMON)
settings.load_profile("deep" if "VERIFY_EXAMPLES" in os.environ else "ci")
