"""What would be true without any messenger: plans, units, duties, deadlines, the ladder, progress.

Pure functions and frozen dataclasses; no I/O, no clock, no framework.
"""
