"""Measurements; each is a ratio to a named peer or baseline, taken in one run."""
