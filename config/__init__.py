"""Settings, and all that an operator may edit without code."""
