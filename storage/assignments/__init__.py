"""SQL for assignments, progress, approval, confirmation, extensions and evidence."""
