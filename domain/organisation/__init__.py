"""Units, people and their seats, names as people type them, leaves of absence."""
