"""Faults of PO files, with their lines."""
