"""Every text in a PDF file: its pages, notes and stamps on them, properties, bookmarks, attachments."""

import re
from collections.abc import Iterator
from ctypes import POINTER, cast, create_string_buffer

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types

from documents.reading.errors import Unreadable
from documents.reading.pieces import Piece

_MOST_PAGES = 400
_HEAD_PAGES = 2
"""On so many pages each stretch of a line is looked at by itself: two columns may share a height."""
_MOST_STRETCHES = 400
_MOST_NOTES, _LONGEST_VALUE = 2_000, 2**16
_TEXT_KEYS = (b"Contents", b"Subj", b"T", b"V", b"DV", b"TU", b"RC")
_PACKET = re.compile(rb"<x:xmpmeta.{0,65536}?</x:xmpmeta>", re.DOTALL)
_IN_PACKET = re.compile(r">([^<>]+)<|=\"([^\"<>]+)\"")


def pdf_pieces(data: bytes) -> Iterator[Piece]:
    """Yield the texts of a PDF file, those of its pages in their order. Raises Unreadable."""
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise Unreadable("too_big")
            yield from pieces_beside(document, data)
            for number in range(len(document)):
                yield from page_pieces(document, number)
    except pdfium.PdfiumError as error:
        raise Unreadable("locked" if "password" in str(error).lower() else "broken") from error


def pieces_beside(document: pdfium.PdfDocument, data: bytes) -> Iterator[Piece]:
    """Yield what stands beside the pages: properties, bookmarks, the names of attachments."""
    return (Piece(text, apart=True) for text in _texts_beside(document, data))


def page_pieces(document: pdfium.PdfDocument, number: int) -> Iterator[Piece]:
    """Yield the texts of a page with its notes and stamps, which are then drawn on it."""
    page = document[number]
    if raw.FPDFPage_GetAnnotCount(page):
        yield from (Piece(text, apart=True) for text in _notes(page))
        page.close()
        page = document[number]
    text = page.get_textpage()
    yield from printed_pieces(text, number)
    text.close()
    page.close()


def printed_pieces(text: pdfium.PdfTextPage, number: int) -> Iterator[Piece]:
    """Yield the lines of a page, of the first ones each stretch of a line by itself, too."""
    if number < _HEAD_PAGES:
        for stretch in range(min(text.count_rects(), _MOST_STRETCHES)):
            yield Piece(text.get_text_bounded(*text.get_rect(stretch)).strip())
    yield from map(Piece, filter(str.strip, text.get_text_bounded().splitlines()))


def _texts_beside(document: pdfium.PdfDocument, data: bytes) -> Iterator[str]:
    yield from document.get_metadata_dict(skip_empty=True).values()
    yield from (mark.get_title() for mark in document.get_toc())
    yield from (document.get_attachment(n).get_name() for n in range(document.count_attachments()))
    for packet in _PACKET.finditer(data):
        for found in _IN_PACKET.finditer(packet[0].decode(errors="ignore")):
            yield found[1] or found[2]


def _notes(page: pdfium.PdfPage) -> Iterator[str]:
    """Yield what notes, stamps and fields say, and draw them on the page: it is to be opened anew."""
    count = min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)
    for number in range(count):
        note = raw.FPDFPage_GetAnnot(page, number)
        yield from filter(None, (_value_of(note, key) for key in _TEXT_KEYS))
        raw.FPDFPage_CloseAnnot(note)
    if count:
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)


def _value_of(note: object, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size <= _LONGEST_VALUE:
        return ""
    buffer = create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(note, key, cast(buffer, POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", errors="ignore").rstrip("\0")
