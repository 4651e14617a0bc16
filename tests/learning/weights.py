"""Where the weights stand, and how they are written."""

import base64
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).parents[2] / "domain" / "updates" / "learned_weights.py"
_WIDTH: Final = 100
_MODULE: Final = '''"""The weights of learned.py, packed: written by `make learn` alone. See decision 22."""

LEARNED_FROM = "{learned_from}"
"""The SHA-256 of the lines that they were learned from."""
SCALES = (
{scales}
)
INTERCEPTS = (
{intercepts}
)
PACKED = """
{packed}
"""
'''


def write_weights(
    learned_from: str, scales: Sequence[float], intercepts: Sequence[float], body: bytes
) -> None:
    """Write the module of the weights: `body` has a byte for each judgement and slot."""
    packed = base64.b85encode(zlib.compress(body, 9)).decode()
    module = _MODULE.format(
        learned_from=learned_from,
        scales=_rows(scales),
        intercepts=_rows(intercepts),
        packed="\n".join(packed[at : at + _WIDTH] for at in range(0, len(packed), _WIDTH)),
    )
    TARGET.write_text(module, encoding="utf-8")


def _rows(values: Sequence[float]) -> str:
    return "\n".join(f"    {value!r}," for value in values)
