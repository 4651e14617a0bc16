"""Reports and tables out."""
