"""What is read of plans: where they stand, what was done in a round, how a cycle ended.

The only callers of the counting queries in storage.reporting. May import storage and domain.
"""
