"""What must take time in proportion to its length: tables of work, counted by `tests.counting`."""
