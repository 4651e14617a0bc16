"""Files put beside what they show and taken back, without a chat."""

from datetime import timedelta

from services.assignments.keep_evidence import (
    DROP_WITHIN,
    EvidenceDropped,
    EvidenceKept,
    drop_evidence,
    keep_evidence,
)
from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from storage.assignments import evidence_store
from storage.assignments.evidence_store import EvidencePlace, File
from tests.cast import LEADING, SUPPORTING, Stage
from tests.services.assignments.deed_kit import NOW, holder, owed_by

PHOTO = File("a" * 64, "pano.jpg", "image/jpeg", 1200, "set-1")
SECOND = File("b" * 64, "pano2.jpg", "image/jpeg", 1300, "set-1")


async def test_the_same_file_is_kept_once_beside_the_same_work(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        by, place = await holder(conn, LEADING, "focal"), EvidencePlace((await owed_by(conn, LEADING)).id)
        kept = await keep_evidence(conn, (PHOTO, SECOND), (place,), by=by, now=NOW)
        assert isinstance(kept, EvidenceKept)
        assert len(kept.new_ids) == 2
        assert await keep_evidence(conn, (PHOTO,), (place,), by=by, now=NOW) == EvidenceKept(())


async def test_nothing_is_kept_where_one_place_is_not_theirs(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        own, foreign = await owed_by(conn, LEADING), await owed_by(conn, SUPPORTING)
        by, places = await holder(conn, LEADING, "focal"), (EvidencePlace(own.id), EvidencePlace(foreign.id))
        assert await keep_evidence(conn, (PHOTO,), places, by=by, now=NOW) == NotTheirAssignment(foreign.id)
        assert await evidence_store.of(conn, [own.id, foreign.id]) == ()


async def test_a_set_is_taken_back_within_its_time_by_who_still_has_the_seat(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, by = await owed_by(conn, LEADING), await holder(conn, LEADING, "focal")
        kept = await keep_evidence(conn, (PHOTO, SECOND), (EvidencePlace(report.id),), by=by, now=NOW)
        assert isinstance(kept, EvidenceKept)
        first, late = kept.new_ids[0], NOW + DROP_WITHIN + timedelta(seconds=1)
        assert await drop_evidence(conn, first, by=by, now=late) == Refused("too_late")
        elsewhere = await holder(conn, SUPPORTING, "focal")
        assert await drop_evidence(conn, first, by=elsewhere, now=NOW) == NotTheirAssignment(report.id)
        assert await drop_evidence(conn, first, by=by, now=NOW) == EvidenceDropped(2)
        assert await drop_evidence(conn, first, by=by, now=NOW) == Refused("too_late")
