"""The list of codes by which people join, as a workbook. Chat and pages share it."""

from collections.abc import Sequence
from datetime import tzinfo
from io import BytesIO

from config.texts import Texts
from documents.writing.invite_sheet import write_codes
from handlers.common.conversation import Paper
from services.organisation.invite_codes import Code

_HEADS = ("unit", "role", "code", "expires", "link")


def codes_paper(texts: Texts, zone: tzinfo, codes: Sequence[Code]) -> Paper:
    """Return a workbook with a row for each code."""
    heads = [texts(f"cli.codes_{key}").unescape() for key in _HEADS]
    rows = [
        (
            code.unit,
            texts(f"role.{code.role}").unescape(),
            code.code,
            code.expires.astimezone(zone),
            code.link,
        )
        for code in codes
    ]
    data = BytesIO()
    write_codes(data, heads, rows)
    return Paper("ma-tham-gia.xlsx", data.getvalue())
