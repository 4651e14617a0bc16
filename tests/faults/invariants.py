"""What must hold whatever went wrong, read from the servers' logs and the database."""

import re
from collections import Counter
from collections.abc import Iterator

from tests.e2e.inside import number, query
from tests.faults.province import Province

NUDGE = re.compile("cần báo cáo|Kính đề nghị")
RECORDED = re.compile(r"Đã ghi việc 1: đang thực hiện, (\d+)%")
FAILURES = ("Traceback", "nudge_failed", "incoming_left", "round_failed", "message_failed", "probe_failed")
"""What stands in a log where something was not foreseen."""
_GREYLISTED = "(state = 'pending' AND coalesce(why, '') LIKE '451%')"
MOST_BYTES = 400 * 2**20


def due(here: Province) -> int:
    """Return how much is to be asked for by today and was not put out yet."""
    return number(
        here.office,
        "SELECT count(*) FROM assignment JOIN membership ON membership.unit_id = assignment.unit_id"
        " WHERE next_nudge_on <= ?",
        here.day,
    )


def waiting(here: Province) -> int:
    """Return how many messages of today wait to be sent, but for letters that are to come again later."""
    left = "SELECT count(*) FROM outgoing WHERE state IN ('pending', 'claimed') AND day <= ?"
    return number(here.office, f"{left} AND NOT {_GREYLISTED}", here.day)


def broken(here: Province, since: float) -> Iterator[str]:
    """Tell what does not hold at the end of a day, on which people were due `since` a moment."""
    yield from _i1_and_i4(here)
    yield from _i2(here, since)
    yield from _i3(here)
    yield from _i5(here)
    if here.largest > MOST_BYTES:
        yield f"I7: {here.largest / 2**20:.0f} MB"
    log = "\n".join(process.err for process in here.office.processes)
    yield from (f"the log has {word!r}" for word in FAILURES if word in log)


def _i1_and_i4(here: Province) -> Iterator[str]:
    """What was said is recorded once, in its order, and answered in that order."""
    for user in here.people:
        typed, recorded = here.typed.get(user.id, []), _recorded(here, user.id)
        if recorded != typed:
            yield f"I1: {user.id} said {typed}, recorded {recorded}"
        told = list(dict.fromkeys(_told(here, user.id)))
        if told != typed:
            yield f"I4: {user.id} said {typed}, was told {told}"


def _i2(here: Province, since: float) -> Iterator[str]:
    """Who was due has heard, or it is shown why not, or it comes on a later day of a wrong clock."""
    shown = _chats(here, "state IN ('failed', 'unsure') AND why IS NOT NULL")
    shown |= _chats(here, _GREYLISTED) | _chats(here, "state = 'pending' AND day > ?", here.day)
    heard = {str(sent.chat) for sent in here.api.log.sends if sent.at >= since and NUDGE.search(sent.text)}
    for chat in (str(user.id) for user in here.people):
        if chat not in heard | shown:
            yield f"I2: {chat} was not asked on {here.day}"
    for address in here.addresses:
        if not _letters(here, address) and address not in shown:
            yield f"I2: {address} was never asked"
    lost = query(here.office, "SELECT id FROM outgoing WHERE state IN ('failed', 'unsure') AND why IS NULL")
    if lost:
        yield f"I2: {len(lost)} messages failed without a reason"


def _i3(here: Province) -> Iterator[str]:
    """Nothing came twice without a program that died, or an answer that was lost, just then."""
    unheard = Counter(
        request.chat
        for request in here.api.log.requests
        if request.accepted and request.status != 200 and request.chat is not None
    )
    for user in here.people:
        nudges = sum(NUDGE.search(sent.text) is not None for sent in here.api.accepted(user.id))
        twice = max(0, nudges - _sent(here, str(user.id)))
        twice += len(_told(here, user.id)) - len(here.typed.get(user.id, []))
        excused = unheard[user.id] + _astray(here, user.id)
        if twice > excused:
            yield f"I3: {user.id} heard {twice} messages twice, with {excused} reasons"
    for address in here.addresses:
        twice = _letters(here, address) - _sent(here, address)
        if twice > here.mail_answers_lost + len(here.died):
            yield f"I3: {address} had {twice} letters twice"


def _i5(here: Province) -> Iterator[str]:
    if here.server is None and query(here.office, "PRAGMA integrity_check") != [("ok",)]:
        yield "I5: the file is damaged"
    verified = here.office.begins("audit", "verify")
    if verified.ends(60) != 0:
        yield f"I5: the audit is broken: {verified.out}{verified.err}"


def _astray(here: Province, chat: int) -> int:
    """Return how many messages to a chat a program may have sent that died before it noted that."""
    sent_at = [sent.at for sent in here.api.accepted(chat)]
    return sum(any(since <= at <= until for since, until in here.died) for at in sent_at)


def _sent(here: Province, chat: str) -> int:
    """Return how many nudges to a chat the program knows of; one that is `unsure` was sent twice."""
    known = "SELECT count(*) FROM outgoing WHERE kind = 'daily' AND state = 'sent' AND chat = ?"
    unsure = (
        "SELECT count(*) FROM outgoing JOIN account ON account.person_id = outgoing.person_id"
        " WHERE kind = 'daily' AND state = 'unsure' AND account.chat = ?"
    )
    return number(here.office, known, chat) + 2 * number(here.office, unsure, chat)


def _letters(here: Province, address: str) -> int:
    bodies = (letter.get_body(("plain",)) for letter in here.mail.letters(address))
    return sum(NUDGE.search(body.get_content()) is not None for body in bodies if body is not None)


def _told(here: Province, chat: int) -> list[int]:
    return [int(found[1]) for sent in here.api.accepted(chat) for found in RECORDED.finditer(sent.text)]


def _recorded(here: Province, chat: int) -> list[int]:
    rows = query(
        here.office,
        "SELECT percent FROM progress JOIN account ON account.person_id = progress.person_id"
        " WHERE account.chat = ? ORDER BY progress.id",
        str(chat),
    )
    return [int(str(percent)) for (percent,) in rows]


def _chats(here: Province, condition: str, *values: str) -> set[str]:
    sql = "SELECT DISTINCT account.chat FROM outgoing JOIN account ON account.person_id = outgoing.person_id"
    return {str(chat) for (chat,) in query(here.office, f"{sql} WHERE {condition}", *values)}
