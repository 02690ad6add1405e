"""Rules about the typography of each language (TY)."""
