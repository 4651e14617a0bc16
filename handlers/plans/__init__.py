"""Conversations about plans: uploads, pasted texts, drafts, later versions."""
