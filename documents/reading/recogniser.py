"""Whether Tesseract, which recognises the letters of a scan, is installed with the Vietnamese language."""

import shutil
import subprocess
from typing import Final

LANGUAGE: Final = "vie"
PACKAGES: Final = "tesseract-ocr tesseract-ocr-vie"
"""What Debian calls the programs that are needed."""
PICTURES: Final = frozenset({".jpg", ".jpeg", ".jfif", ".png", ".bmp", ".tif", ".tiff", ".webp"})
"""Pictures of pages by the suffixes of their names."""


def can_recognise() -> bool:
    """Tell whether scans can be read on this machine."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    question = [program, "--list-langs"]
    listed = subprocess.run(question, capture_output=True, text=True, check=False)  # noqa: S603 - of our choosing
    return LANGUAGE in listed.stdout.split()
