"""The fields of a PDF form: what was filled in is put on the page, what only comments on it is taken off."""

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types

_MOST = 2_000
"""So many notes and fields of a page are looked at."""
_SHOWN = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)


def put_on_page(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> bool:
    """Write the values of fields and typed notes into a page; return whether there were any.

    Comments go, and what a signature shows of itself. The page must then be opened anew; the document must
    have been asked for its forms by `init_forms` before.
    """
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    for at in reversed(range(min(count, _MOST))):
        note = raw.FPDFPage_GetAnnot(page.raw, at)
        is_shown = raw.FPDFAnnot_GetSubtype(note) in _SHOWN and not _is_signature(document, note)
        raw.FPDFPage_CloseAnnot(note)
        if not is_shown:
            raw.FPDFPage_RemoveAnnot(page.raw, at)
    found = count > 0 and int(raw.FPDFPage_GetAnnotCount(page.raw)) > 0
    if found:
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    return found


def _is_signature(document: pdfium.PdfDocument, note: object) -> bool:
    if document.formenv is None:
        return False
    kind: int = raw.FPDFAnnot_GetFormFieldType(document.formenv.raw, note)
    return kind == int(raw.FPDF_FORMFIELD_SIGNATURE)
