"""Localisation and translation pipeline for round-up articles."""

__version__ = "0.1.0"
