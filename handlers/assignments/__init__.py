"""Conversations about what is owed: updates, items, approval, confirmation, extensions, evidence."""
