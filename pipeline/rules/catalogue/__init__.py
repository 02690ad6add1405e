"""Rules about catalogues as files (PO), and how complete they are (CO)."""
