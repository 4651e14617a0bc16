"""How often something is due."""

from typing import Literal

Recurrence = Literal[
    "once",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "half-yearly",
    "yearly",
    "ad hoc",
    "continuous",
    "unspecified",
]
