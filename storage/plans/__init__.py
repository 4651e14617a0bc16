"""SQL for plans, drafts, corrections, versions and rollover."""
