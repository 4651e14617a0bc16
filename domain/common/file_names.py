"""Files that people send: under which name one can be given on."""

import unicodedata
from collections.abc import Mapping

from domain.common.text import nfc, squeeze

_OFFICE = "application/vnd.openxmlformats-officedocument"
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "application/pdf": ("pdf",),
    f"{_OFFICE}.wordprocessingml.document": ("docx", "docm", "dotx", "dotm"),
    f"{_OFFICE}.spreadsheetml.sheet": ("xlsx", "xlsm", "xltx", "xltm"),
    "application/msword": ("doc", "dot"),
    "application/vnd.ms-excel": ("xls", "xlt"),
}
"""How the names of files end, by what is in them; the first is given to a name that ends otherwise."""
_OTHER = ("bin",)
_LONGEST = 120
_UNFIT = frozenset('/\\:*?"<>|')
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Characters that are not seen: among them those that turn "gpj.exe" around for the eye."""


def safe_name(name: str, media_type: str) -> str:
    """Return a name under which a file can be saved anywhere, and which ends as what is in it does.

    `media_type` is what the file was found to be, not what its sender called it. Nothing of a path stays,
    nothing unseen, nothing that a file system forbids.
    """
    fit = "".join(" " if one in _UNFIT or unicodedata.category(one) in _UNSEEN else one for one in nfc(name))
    stem, _, ending = squeeze(fit).strip(" .").rpartition(".")
    endings = ENDINGS.get(media_type, _OTHER)
    if ending.lower() not in endings:
        stem, ending = squeeze(fit).strip(" ."), endings[0]
    return f"{stem[:_LONGEST].strip(' .') or 'tep'}.{ending}"


def safe_type(media_type: str) -> str:
    """Return the media type by which a file is given on: one of those that are taken, else mere bytes."""
    return media_type if media_type in ENDINGS else "application/octet-stream"
