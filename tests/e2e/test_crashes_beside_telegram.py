"""A power cut with letters and Zalo messages in flight: nobody is missed, what people said is kept, once."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.channels.zalo import channel_name
from storage.database.opening import open_database
from storage.organisation import people_store, unit_store
from tests.e2e.inside import number, query
from tests.e2e.kit import Office
from tests.e2e.test_zalo import zalo
from tests.mailserver import MailServer
from tests.mailserver.server import OWN, PASSWORD
from tests.zaloapi import ZaloApi

__all__ = ["zalo"]

RUNG = "2026-06-04T08:00+07:00"
LATER = "2026-06-04T08:01+07:00"
PEOPLE = 12
"""On each of the two channels."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The people of an installation: Zalo ids and addresses of mail, and the servers that reach them."""

    office: Office
    zalo: ZaloApi
    mail: MailServer
    on_zalo: tuple[str, ...]
    by_mail: tuple[str, ...]

    def nudges(self) -> Counter[str]:
        """How many nudges have arrived at each, by id or address."""
        counts = Counter(dict.fromkeys((*self.on_zalo, *self.by_mail), 0))
        counts.update(message.chat for message in self.zalo.sent if "Đã xong" in message.text)
        for address in self.by_mail:
            bodies = (letter.get_body(("plain",)) for letter in self.mail.letters(address))
            counts[address] += sum("Đã xong" in body.get_content() for body in bodies if body is not None)
        return counts


@pytest.fixture
def reached(office: Office, zalo: ZaloApi) -> Iterator[Reached]:
    names = [
        str(name)
        for (name,) in query(
            office,
            "select distinct unit.name from assignment join unit on unit.id = unit_id"
            " where due_on = '2026-06-15' and rule_id is not null order by unit.id",
        )
    ]
    on_zalo = tuple(f"z-{place}" for place in range(PEOPLE))
    by_mail = tuple(f"dau-moi-{place}@tinh.example" for place in range(PEOPLE))
    channel = channel_name(zalo.token)
    chats = {**dict.fromkeys(on_zalo, channel), **dict.fromkeys(by_mail, "mail")}
    asyncio.run(_seat(office, chats, names))
    zalo.state.known.update(on_zalo)
    with MailServer() as mail:
        for address in by_mail:
            mail.opens(address)
        box = f"{OWN.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{mail.imap_port}/INBOX"
        office.settings |= {
            "NHACVIEC_MAIL_ADDRESS": OWN,
            "NHACVIEC_MAIL_SMTP": f"smtp://127.0.0.1:{mail.smtp_port}",
            "NHACVIEC_MAIL_IMAP": f"imap://{box}",
        }
        yield Reached(office, zalo, mail, on_zalo, by_mail)
    assert PASSWORD not in office.printed()


async def _seat(office: Office, chats: Mapping[str, str], names: list[str]) -> None:
    """Let each chat be that of the focal point of a unit of their own."""
    database = await open_database(office.database)
    now = datetime.fromisoformat("2026-05-04T08:00+07:00")
    async with database.writing() as conn:
        ids = await unit_store.ids(conn)
        for (chat, channel), unit in zip(chats.items(), names, strict=False):
            person = await people_store.add(conn, channel, chat, f"Đầu mối {unit}", "vi", "2026-11", now)
            await people_store.seat(conn, person, ids[unit], "focal", now)
    await database.close()


def test_a_kill_in_the_middle_of_a_round_misses_nobody_on_zalo_and_by_mail(reached: Reached) -> None:
    office = reached.office
    program = office.begins("run", as_of=RUNG)
    office.waits_for(lambda: reached.nudges().total() >= PEOPLE, program)
    program.kill()
    before = reached.nudges()
    assert 0 < before.total() < 2 * PEOPLE
    marked = number(office, "select count(*) from outgoing where state = 'sent' and kind = 'daily'")
    astray = before.total() - marked
    with office.running(LATER) as again:
        office.waits_for(lambda: min(reached.nudges().values()) >= 1, again)
        waiting = "select count(*) from outgoing where state in ('pending', 'claimed')"
        office.waits_for(lambda: number(office, waiting) == 0, again)
    after = reached.nudges()
    assert max(after.values()) <= 2
    assert after.total() - 2 * PEOPLE <= max(astray, 0)


def test_what_was_said_on_zalo_and_by_mail_before_a_kill_is_recorded_once(reached: Reached) -> None:
    office, on_zalo, by_mail = reached.office, reached.on_zalo[:4], reached.by_mail[:4]
    with office.running(RUNG) as program:
        office.waits_for(lambda: min(reached.nudges().values()) >= 1, program)
        brought = len(reached.zalo.state.brought)
        for address in by_mail:
            reached.mail.answers(address, "1 được 30%")
        for user in on_zalo:
            reached.zalo.user(user).types("1 được 30%")
        office.waits_for(lambda: len(reached.zalo.state.brought) >= brought + len(on_zalo), program)
        program.kill()
    assert set(reached.zalo.state.brought[brought:]) == {200}
    reported = "select count(*) from progress where percent = 30"
    with office.running(LATER) as again:
        office.waits_for(lambda: number(office, reported) == len(on_zalo) + len(by_mail), again)
        unanswered = "select count(*) from incoming where answered_at is null"
        office.waits_for(lambda: number(office, unanswered) == 0, again)
    assert number(office, "select count(distinct person_id) from progress") == len(on_zalo) + len(by_mail)
    assert number(office, reported) == len(on_zalo) + len(by_mail)
