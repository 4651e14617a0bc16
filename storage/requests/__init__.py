"""SQL for ad hoc requests and their answers."""
