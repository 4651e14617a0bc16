"""Deeds on what is owed: record, correct, undo, approve, confirm, return, extend, keep evidence."""
