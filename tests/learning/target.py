"""Where the weights stand."""

from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).parents[2] / "domain" / "updates" / "learned.bin"
