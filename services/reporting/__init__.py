"""Status, summary and the tally after a cycle, as data."""
