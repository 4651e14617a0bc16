"""Deeds on plans: import, confirm, correct, apply a version, roll over."""
