"""Tables of work that must take linear time, counted by `tests.counting`."""
