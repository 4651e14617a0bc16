"""The TOML files that an operator may edit."""

import tomllib
from pathlib import Path
from typing import Any

from config.settings import BadSetting

FOLDER = Path(__file__).parent
SAMPLES = FOLDER / "samples"


def load_toml(name: str) -> dict[str, Any]:
    """Read one of the files beside this module. Raises BadSetting where it is no TOML."""
    path = FOLDER / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadSetting(f"config/{name}: {wrong}") from None
