"""Build the documentation: generated reference pages, hooks for MkDocs, and the picture."""
