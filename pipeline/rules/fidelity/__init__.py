"""Rules about what a translation must carry over: markup, numbers, names, links."""
