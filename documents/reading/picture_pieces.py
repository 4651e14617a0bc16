"""What a picture says of itself: its caption, its comments, its other properties."""

from collections.abc import Iterator
from io import BytesIO

from documents.reading.errors import Unreadable
from documents.reading.pieces import Piece

MAGICS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"RIFF")
"""With one of these a picture begins."""
_LONGEST = 4096


def picture_pieces(data: bytes) -> Iterator[Piece]:
    """Yield the texts beside the pixels of a picture. Raises Unreadable: "broken", "too_big"."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            values = [*picture.info.values(), *picture.getexif().values()]
    except Image.DecompressionBombError as error:
        raise Unreadable("too_big") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Unreadable("broken") from error
    yield from (Piece(text, apart=True) for value in values for text in _texts(value))


def _texts(value: object) -> Iterator[str]:
    """Yield what a property may say; bytes are UTF-8, or UTF-16 as Windows writes captions."""
    if isinstance(value, bytes) and len(value) <= _LONGEST:
        yield from (value.decode(encoding, errors="ignore") for encoding in ("utf-8", "utf-16-le"))
    elif isinstance(value, str):
        yield value
