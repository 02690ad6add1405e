"""Measurements; each is a ratio against a named peer or baseline, taken in one run."""
