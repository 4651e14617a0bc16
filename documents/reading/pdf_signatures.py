"""Who signed a PDF electronically, as the signatures say themselves: nothing is verified here.

A signature is CMS (RFC 5652) in DER; the signer's certificate (RFC 5280) in it names its holder.
"""

from collections.abc import Iterator
from ctypes import create_string_buffer
from typing import Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types

from domain.common.text import squeeze

_MOST, _LONGEST = 50, 2**20
_SEQUENCE, _SET, _INTEGER, _FIRST_OWN = 0x30, 0x31, 0x02, 0xA0
_NAMES: Final = (bytes.fromhex("550403"), bytes.fromhex("55040a"))
"""The object identifiers of the holder's common name and organisation (2.5.4.3, 2.5.4.10)."""
_WIDE: Final = 0x1E
_SUBJECT, _ISSUER, _SERIAL = 4, 2, 0


class _Element(NamedTuple):
    """One element of DER: its tag, what is in it, and all of it as it stands."""

    tag: int
    content: bytes
    whole: bytes


def signers_of(data: bytes) -> tuple[str, ...]:
    """Return who made each signature in a PDF: the names in the certificate, "" where they cannot be read."""
    try:
        with pdfium.PdfDocument(data) as document:
            count = min(raw.FPDF_GetSignatureCount(document.raw), _MOST)
            return tuple(_signer(_contents(document, number)) for number in range(count))
    except pdfium.PdfiumError:
        return ()


def _contents(document: pdfium.PdfDocument, number: int) -> bytes:
    signature = raw.FPDF_GetSignatureObject(document.raw, number)
    size = raw.FPDFSignatureObj_GetContents(signature, None, 0)
    if not 0 < size <= _LONGEST:
        return b""
    buffer = create_string_buffer(size)
    raw.FPDFSignatureObj_GetContents(signature, buffer, size)
    return buffer.raw


def _signer(signed: bytes) -> str:
    """The names of the certificate whose serial number and issuer the signature gives."""
    try:
        (message, *_) = _elements(signed)
        (data, *_) = _elements(_elements(message.content)[1].content)
        parts = _elements(data.content)
        certificates = next(part for part in parts if part.tag == _FIRST_OWN)
        (info, *_) = _elements([part for part in parts if part.tag == _SET][-1].content)
        issuer, serial, *_ = _elements(_elements(info.content)[1].content)
        for certificate in _elements(certificates.content):
            fields = _fields(certificate)
            if (fields[_ISSUER].whole, fields[_SERIAL].content) == (issuer.whole, serial.content):
                return squeeze(", ".join(dict.fromkeys(_names(fields[_SUBJECT]))))
    except (ValueError, IndexError, StopIteration):
        pass  # it is told all the same that a signature stands there
    return ""


def _fields(certificate: _Element) -> list[_Element]:
    """The fields of a certificate from its serial number on."""
    fields = _elements(_elements(certificate.content)[0].content)
    return fields[1:] if fields[0].tag == _FIRST_OWN else fields


def _names(subject: _Element) -> Iterator[str]:
    """Yield the common name, then the organisation."""
    pairs = [
        _elements(pair.content) for part in _elements(subject.content) for pair in _elements(part.content)
    ]
    for wanted in _NAMES:
        for name, value in pairs:
            if name.content == wanted:
                encoding = "utf-16-be" if value.tag == _WIDE else "utf-8"
                yield value.content.decode(encoding, errors="replace")


def _elements(der: bytes) -> list[_Element]:
    """The elements that stand in a row; zeros behind them are filling. Raises ValueError."""
    found: list[_Element] = []
    at = 0
    while at < len(der) and der[at]:
        length, start = der[at + 1], at + 2
        if length == 0x80:
            raise ValueError("indefinite length")
        if length > 0x80:
            size = length - 0x80
            length, start = int.from_bytes(der[start : start + size], "big"), start + size
        if start + length > len(der):
            raise ValueError("cut off")
        found.append(_Element(der[at], der[start : start + length], der[at : start + length]))
        at = start + length
    return found
