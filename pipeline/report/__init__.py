"""What readers see: articles as HTML pages."""
