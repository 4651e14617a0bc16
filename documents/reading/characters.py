"""The characters of a source as a person means them: one kind of hyphen and space, no invisible marks."""

from domain.common.text import nfc

_MEANT = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        **dict.fromkeys("\u00a0\u202f\u2007", " "),
        "\u00d0": "Đ",  # the Icelandic eth, which looks the same
    }
)


def plain_characters(text: str) -> str:
    """Return the text in NFC, its hyphens, spaces and look-alike letters as they are meant."""
    return nfc(text.translate(_MEANT))
