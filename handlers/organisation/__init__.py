"""Conversations about people and units: joining, leaving, handing over, absence, privacy."""
