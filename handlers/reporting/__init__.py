"""Status, summary and the coordinator's own reports."""
