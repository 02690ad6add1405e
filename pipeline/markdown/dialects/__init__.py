"""Syntax beside CommonMark: directives, attributes, templates, MDX, maths."""
