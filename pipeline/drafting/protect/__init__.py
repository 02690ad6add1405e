"""Placeholders that hide from engines what must come through whole."""
