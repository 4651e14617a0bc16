"""Letters that come in, on a real server: who is believed, and what is passed over."""

import asyncio
import gc
import io
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import docx
import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.base import Raw, SendError
from storage.common import page_message_store
from storage.database.opening import open_database
from tests.bot.channels.mail_kit import LAN, NOW, NUDGE, channel_of, receiving
from tests.bot.channels.telegram_kit import Store, until
from tests.mailserver import MailServer
from tests.mailserver.server import OWN, PASSWORD, letter_of


async def settled(mail_server: MailServer) -> None:
    """Wait until the mailbox was looked through twice more."""
    polls = mail_server.state.polls
    await until(lambda: mail_server.state.polls >= polls + 2)


async def test_an_answer_to_our_letter_says_what_it_says(mail_server: MailServer) -> None:
    store = Store()
    async with receiving(mail_server, store) as channel:
        await channel.send(LAN, NUDGE)
        mail_server.answers(LAN, "1 xong, BC số 12/BC-SNgV")
        incoming = channel.parse((await store.holds(1))[0])
    assert incoming is not None
    assert (incoming.chat, incoming.text, incoming.name) == (LAN, "1 xong, BC số 12/BC-SNgV", "Lan")


async def test_an_answer_stands_with_the_letter_that_it_answers(mail_server: MailServer) -> None:
    """RFC 3834, 3.1.5: mail programs show both as one talk. An id is written back only where it is one."""
    store = Store()
    long, broken = f"<{'a' * 200}@mail.example>", "<a b@mail.example> x"
    async with receiving(mail_server, store) as channel:
        await channel.send(LAN, NUDGE)
        mail_server.answers(LAN, "1 xong")
        for id_ in (long, broken):
            mail_server.answers(LAN, "1 xong", message_id=id_)
        threads = [incoming.thread for raw in await store.holds(3) if (incoming := channel.parse(raw))]
        assert threads[1:] == [long, ""]
        await channel.send(LAN, replace(NUDGE, thread=long))
    answer = mail_server.letters(LAN)[-1]
    assert (answer["In-Reply-To"], answer["References"], answer["Auto-Submitted"]) == (
        long,
        long,
        "auto-replied",
    )
    assert threads[0].endswith("@mail.example>")


async def test_a_forged_sender_is_not_believed(mail_server: MailServer) -> None:
    """A letter in somebody's name, or that answers a letter to somebody else, only sends them the list."""
    store = Store()
    mail_server.opens("other@example.vn")
    async with receiving(mail_server, store) as channel:
        await channel.send("other@example.vn", NUDGE)
        theirs = str(mail_server.letters("other@example.vn")[0]["Message-ID"])
        mail_server.writes(LAN, "1 xong")
        mail_server.writes(LAN, "1 xong", reply_to=theirs)
        found = [channel.parse(raw) for raw in await store.holds(2)]
        mail_server.writes(LAN, "1 xong")
        await settled(mail_server)
    assert [incoming.text for incoming in found if incoming] == ["/viec", "/viec"]
    assert len(store.raws) == 2, "an address gets the list twice an hour at most"


async def test_a_newcomer_is_known_by_the_invite_code(mail_server: MailServer) -> None:
    store = Store()
    async with receiving(mail_server, store) as channel:
        mail_server.writes(LAN, "/start K7QM-2XWA\n\nTrân trọng,\nLan")
        incoming = channel.parse((await store.holds(1))[0])
    assert incoming is not None
    assert incoming.text == "/start K7QM-2XWA"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "auto_reply"},
        {"Precedence": "bulk"},
        {"X-Autoreply": "yes"},
        {"List-Id": "<tin.example>"},
        {"Return-Path": "<>"},
    ],
    ids=str,
)
async def test_machines_are_not_answered(mail_server: MailServer, headers: dict[str, str]) -> None:
    store = Store()
    async with receiving(mail_server, store) as channel:
        await channel.send(LAN, NUDGE)
        mail_server.answers(LAN, "Tôi đang nghỉ phép, 1 xong", headers=headers)
        await settled(mail_server)
    assert store.raws == []


async def test_our_own_letters_make_no_loop(mail_server: MailServer) -> None:
    store = Store()
    async with receiving(mail_server, store) as channel:
        await channel.send(OWN, NUDGE)
        mail_server.writes(OWN, "1 xong")
        await settled(mail_server)
    assert store.raws == []


def bounce(address: str, message_id: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    return (
        f"From: MAILER-DAEMON@mail.example\r\nTo: {OWN}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        f"Return-Path: <>\r\nMessage-ID: <b1@mail.example>\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        f"--x\r\nContent-Type: text/plain\r\n\r\nCould not deliver.\r\n"
        f"--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--x--\r\n"
    ).encode()


async def test_a_letter_that_came_back_marks_the_address(mail_server: MailServer) -> None:
    store = Store()
    async with receiving(mail_server, store) as channel:
        id_ = await channel.send(LAN, NUDGE)
        mail_server.state.boxes[OWN].append(bounce(LAN, id_))
        (raw,) = await store.holds(1)
        assert (raw.chat, channel.reachability(raw), channel.parse(raw)) == (LAN, False, None)


@pytest.mark.parametrize(
    ("status", "action", "ours"),
    [("4.2.2", "delayed", True), ("5.1.1", "failed", False)],
    ids=["only late", "not a letter of ours"],
)
async def test_other_reports_mark_nobody(
    mail_server: MailServer, status: str, action: str, ours: bool
) -> None:
    store = Store()
    async with receiving(mail_server, store) as channel:
        id_ = await channel.send(LAN, NUDGE)
        report = bounce(LAN, id_ if ours else "<made-up@mail.example>", status, action)
        mail_server.state.boxes[OWN].append(report)
        await settled(mail_server)
    assert store.raws == []


async def test_each_file_of_a_letter_becomes_an_update_of_one_set(mail_server: MailServer) -> None:
    store = Store()
    async with receiving(mail_server, store) as channel:
        await channel.send(LAN, NUDGE)
        mail_server.answers(LAN, "1", files=(("anh.jpg", b"jpeg"), ("bao cao.pdf", b"pdf")))
        found = [channel.parse(raw) for raw in await store.holds(2)]
        files = [incoming.attachment for incoming in found if incoming and incoming.attachment]
        assert [(file.name, file.size) for file in files] == [("anh.jpg", 4), ("bao cao.pdf", 3)]
        assert len({file.album for file in files}) == 1
        assert [await channel.fetch(file) for file in files] == [b"jpeg", b"pdf"]
    assert [incoming.text for incoming in found if incoming] == ["1", ""]


async def test_of_a_marked_file_nothing_is_kept_but_that_it_is_marked(mail_server: MailServer) -> None:
    store = Store()
    file, document = io.BytesIO(), docx.Document()
    document.add_paragraph("TỐI MẬT")
    document.save(file)
    async with receiving(mail_server, store) as channel:
        await channel.send(LAN, NUDGE)
        mail_server.answers(LAN, "1", files=(("bao-cao.docx", file.getvalue()),))
        incoming = channel.parse((await store.holds(1))[0])
        assert incoming is not None
        assert incoming.attachment is not None
        assert incoming.is_marked
        with pytest.raises(SendError):
            await channel.fetch(incoming.attachment)


async def test_a_full_disk_is_waited_out_before_a_letter_counts_as_read(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, keep, full = Store(), page_message_store.keep_file, [True]

    async def keep_file(*given: Any) -> Any:
        if full:
            full.pop()
            raise OperationalError("INSERT", None, Exception("database or disk is full"))
        return await keep(*given)

    monkeypatch.setattr(page_message_store, "keep_file", keep_file)
    async with receiving(mail_server, store) as channel:
        await channel.send(LAN, NUDGE)
        mail_server.answers(LAN, "1", files=(("anh.txt", b"1"),))
        await store.holds(1)
    assert not full


async def test_a_letter_is_read_again_where_it_was_not_stored(
    mail_server: MailServer, tmp_path: Path
) -> None:
    store, failed = Store(), list[Raw]()

    async def accept(raws: Sequence[Raw]) -> None:
        if not failed:
            failed.extend(raws)
            raise OSError("the database is away")
        await store(raws)

    mail_server.writes(LAN, "/start K7QM-2XWA")
    database = await open_database(tmp_path / "mail.db")
    channel = channel_of(mail_server, database)
    with pytest.raises(OSError, match="away"):
        await channel.run(accept)
    await database.close()
    assert mail_server.state.seen == set()
    async with receiving(mail_server, accept):
        await store.holds(1)
        await settled(mail_server)
    assert len(store.raws) == 1
    assert mail_server.state.seen == {1}


HOSTILE = {
    "nothing": b"",
    "no header": b"\r\n\r\n1 xong",
    "bytes": bytes(range(256)) * 20,
    "deep": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300)
    ),
    "bad charset": b"From: a@b.vn\r\nContent-Type: text/plain; charset=x-no\r\n\r\n\xff\xfe 1 xong",
    "two addresses": b"From: a@b.vn, c@d.vn\r\n\r\n1 xong",
    "a name as an address": b"From: lan@songoaivu.example <evil@example.vn>\r\n\r\n1 xong",
    "bad date": b"From: a@b.vn\r\nDate: 99 Foo\r\n\r\n/start K7QM-2XWA",
    "folded for ever": b"From: " + b"\r\n " * 5000 + b"a@b.vn\r\n\r\nx",
    "half an id": b"From: a@b.vn\r\nIn-Reply-To: <nv.0000000000000000."
    + b"f" * 32
    + b"@tinh.example>\r\n\r\n1 xong",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_letters_stop_nothing_and_record_nothing(mail_server: MailServer, data: bytes) -> None:
    store = Store()
    async with receiving(mail_server, store) as channel:
        await channel.send(LAN, NUDGE)
        mail_server.state.boxes[OWN].append(data)
        mail_server.answers(LAN, "1 xong")
        await until(lambda: any(raw.payload.get("text") == "1 xong" for raw in store.raws))
        texts = [incoming.text for raw in store.raws if (incoming := channel.parse(raw))]
    assert texts.count("1 xong") == 1


async def test_a_wrong_password_is_told_and_never_logged(
    mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.channels import mail_servers
    from bot.channels.mail_servers import MailboxError, ServerAccount

    account = ServerAccount("127.0.0.1", mail_server.imap_port, OWN, "sai-mat-khau", safe=False)
    with pytest.raises(MailboxError) as refused:
        mail_servers.Mailbox(account).open()
    assert refused.value.refused
    assert "sai-mat-khau" not in f"{refused.value!r} {account!r} {caplog.text}"


@pytest.mark.parametrize("takes", [0.2, 3.0], ids=["answers", "is slow"])
def test_a_mailbox_closed_while_another_thread_reads_it_leaves_no_connection(
    mail_server: MailServer, takes: float
) -> None:
    from bot.channels.mail_servers import Mailbox, MailboxError, ServerAccount

    mail_server.state.search_takes = takes
    mailbox = Mailbox(ServerAccount("127.0.0.1", mail_server.imap_port, OWN, PASSWORD, safe=False))
    mailbox.open()
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(mailbox.unseen)
        while not mail_server.state.polls:
            time.sleep(0.01)
        began = time.monotonic()
        mailbox.close()
    assert time.monotonic() - began < 2.5
    if takes > 1:
        assert isinstance(reading.exception(), MailboxError)
    else:
        assert reading.result() == []
    del mailbox, reading
    gc.collect()  # a connection left open fails this test here, not another one later


class _OneThread(ThreadPoolExecutor):
    """One thread, which is kept busy from the moment that a close is asked for until `goes_on` is set."""

    def __init__(self) -> None:
        super().__init__(1)
        self.goes_on, self.close_waits = threading.Event(), asyncio.Event()

    def submit(self, call: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        if getattr(call, "__name__", "") != "close":
            return super().submit(call, *given, **named)
        super().submit(self.goes_on.wait)
        self.close_waits.set()
        return super().submit(call)


class _Empty:
    """A mailbox that nobody has written to; it notes what is asked of it."""

    calls: ClassVar[list[str]] = []

    def __init__(self, _: object) -> None:
        self.calls.clear()

    def open(self) -> None:
        self.calls.append("open")

    def unseen(self) -> list[tuple[str, bytes | None]]:
        return []

    def close(self) -> None:
        self.calls.append("close")


async def test_a_look_that_is_cut_off_while_its_close_waits_for_a_thread_is_closed(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.mail_servers.Mailbox", _Empty)
    pool = _OneThread()
    async with receiving(mail_server, Store()):
        asyncio.get_running_loop().set_default_executor(pool)
        await pool.close_waits.wait()
    pool.goes_on.set()
    pool.shutdown()
    assert _Empty.calls == ["open", "close"]


def test_the_time_of_a_letter_never_lies_ahead() -> None:
    from bot.channels.mail_ids import MailIds
    from bot.channels.mail_updates import read_letter, updates_of

    async def keep(*_: object) -> object:
        raise AssertionError

    data = letter_of(LAN, "/start K7QM-2XWA", headers={"Date": "Wed, 10 Jun 2099 08:00:00 +0700"})
    letter = read_letter(data, MailIds("secret", "tinh.example"), OWN)
    assert letter is not None
    (raw,) = asyncio.run(updates_of(letter, NOW, keep))  # type: ignore[arg-type]
    assert raw.payload["at"] == NOW.isoformat()


async def test_all_that_a_look_finds_is_taken_by_one_login(mail_server: MailServer) -> None:
    for number in range(3):
        mail_server.writes(f"nguoi-{number}@tinh.example", "/start K7QM-2XWA")
    store = Store()
    async with receiving(mail_server, store):
        await store.holds(3)
        await settled(mail_server)
    assert mail_server.state.logins == mail_server.state.polls
