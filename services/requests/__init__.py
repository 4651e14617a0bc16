"""Deeds on ad hoc requests."""
