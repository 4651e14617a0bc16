"""Letters to late units: chosen on the page, one to all or one each, to be taken away as Word files."""

import io
import zipfile
from collections.abc import Sequence
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.rendering import page as render
from bot.web.visit import Visit
from handlers.common.button_data import id_in
from handlers.common.conversation import Paper
from handlers.nudging.letter_draft import draft_letters
from services.nudging.late_units import LateUnits, late_units

HERE = "/cong-van"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def page(visit: Visit) -> Response:
    """Show the units that are late and were nudged in vain, each to be chosen."""
    late = await _late(visit)
    between = visit.rules.days.between
    days = {unit.unit_id: between(unit.owed[0].last_on, visit.today) for unit in late.units}
    return render(visit, "letters", at="report", late=late, days=days)


async def download(visit: Visit) -> Response:
    """Give the letters to the chosen units: one file, or several in an archive."""
    ids = [id_in(value) for value in visit.request.query_params.getlist("dv")]
    units = (await _late(visit)).chosen(ids)
    if not units:
        raise HTTPException(404)
    joint = visit.asked("cach") == "chung"
    return _given(await draft_letters(visit.conn, visit.words, visit.rules, units, joint=joint))


async def _late(visit: Visit) -> LateUnits:
    compiling = visit.person.units("coordinator")
    return await late_units(visit.conn, compiling, visit.rules, visit.today)


def _given(papers: Sequence[Paper]) -> Response:
    if len(papers) == 1:
        return _file(papers[0], _WORD)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, paper in enumerate(papers, 1):
            archive.writestr(f"{number:02}-{paper.name}", paper.data)
    return _file(Paper("cong-van.zip", packed.getvalue()), "application/zip")


def _file(paper: Paper, media_type: str) -> Response:
    name = quote(paper.name, safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(paper.data, media_type=media_type, headers=headers)
