"""Laws that hold for any input; `python -m tests.fuzz` looks for one that breaks them."""
