"""Rules about the article itself (AR)."""
