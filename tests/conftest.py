"""Profiles of the property tests: ``ci`` is the same on every run, ``fuzz`` looks further."""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile(
    "ci", deadline=None, max_examples=150, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile("fuzz", deadline=None, max_examples=20_000, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# What is started in the background of a shell has Ctrl-C ignored, and so have its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
