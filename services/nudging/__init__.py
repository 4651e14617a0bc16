"""Deeds that ask: the sweep of what is due, a manual nudge, digests, letters."""
