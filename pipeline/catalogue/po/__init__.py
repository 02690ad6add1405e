"""PO files: read, written, and checked line by line."""
