"""Deeds on units, people, seats, invites, absence and privacy."""
