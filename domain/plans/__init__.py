"""A plan as its document words it, its drafts, corrections and versions, and what it commits units to."""
