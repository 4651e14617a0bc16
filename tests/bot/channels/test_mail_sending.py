"""Letters that go out: their form, what refusals mean, and what is left open."""

import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from bot.channels.base import SendError
from handlers.common.conversation import Link, Outgoing, Paper
from tests.bot.channels.mail_kit import FOOTER, LAN, NUDGE, receiving
from tests.bot.channels.telegram_kit import Store
from tests.mailserver import MailServer


async def test_a_letter_goes_out_in_plain_text_and_in_html(mail_server: MailServer) -> None:
    async with receiving(mail_server, Store()) as channel:
        id_ = await channel.send(LAN, NUDGE)
    (letter,) = mail_server.letters(LAN)
    assert str(letter["Message-ID"]).strip() == id_
    assert letter["Subject"] == "Việc sắp đến hạn"
    assert letter["Auto-Submitted"] == "auto-generated"
    words, markup = letter.get_body(("plain",)), letter.get_body(("html",))
    assert words is not None
    assert markup is not None
    assert "1. Báo cáo 6 tháng" in words.get_content()
    assert FOOTER in words.get_content()
    assert '<a href="https://nhacviec.example/toi">' in markup.get_content()


async def test_a_paper_goes_out_as_an_attachment(mail_server: MailServer) -> None:
    async with receiving(mail_server, Store()) as channel:
        await channel.send(LAN, Outgoing(Markup("Đây"), papers=(Paper("báo cáo.docx", b"word"),)))
    (file,) = mail_server.letters(LAN)[0].iter_attachments()
    assert (file.get_filename(), file.get_payload(decode=True)) == ("báo cáo.docx", b"word")


async def test_greylisting_is_waited_out(mail_server: MailServer) -> None:
    mail_server.state.greylists.add(LAN)
    async with receiving(mail_server, Store()) as channel:
        with pytest.raises(SendError) as refused:
            await channel.send(LAN, NUDGE)
        assert (refused.value.permanent, refused.value.retry_after) == (False, 300.0)
        await channel.send(LAN, NUDGE)
    assert len(mail_server.letters(LAN)) == 1


async def test_a_mailbox_that_is_not_there_is_not_reached(mail_server: MailServer) -> None:
    async with receiving(mail_server, Store()) as channel:
        with pytest.raises(SendError) as refused:
            await channel.send("ai-do@songoaivu.example", NUDGE)
    assert (refused.value.permanent, refused.value.unreachable) == (True, True)


async def test_a_lost_answer_leaves_it_open_whether_the_letter_is_there(mail_server: MailServer) -> None:
    mail_server.state.loses_answers = 1
    async with receiving(mail_server, Store()) as channel:
        with pytest.raises(SendError) as refused:
            await channel.send(LAN, NUDGE)
    assert (refused.value.ambiguous, refused.value.trouble) == (True, "lost")


async def test_buttons_stand_in_html_as_links_and_one_header_means_stop(mail_server: MailServer) -> None:
    links = (
        (Link("1 Đã xong", "https://nhacviec.example/nut/a"), Link("<b>", "https://nhacviec.example/nut/b")),
        (Link("2 Đã xong", "https://nhacviec.example/nut/d"),),
    )
    stop = f"https://nhacviec.example/mot-duong-dan-dai/{'x' * 40}/nut/c"
    async with receiving(mail_server, Store()) as channel:
        await channel.send(LAN, replace(NUDGE, links=links, unsubscribe=stop))
        await channel.send(LAN, NUDGE)
    with_buttons, without = mail_server.letters(LAN)
    markup = with_buttons.get_body(("html",))
    assert markup is not None
    assert re.search(r'<a href="https://nhacviec\.example/nut/a"[^>]*>1 Đã xong</a>', markup.get_content())
    rows = [row for row in markup.get_content().split("<p") if "/nut/" in row]
    assert [row.count("<a ") for row in rows] == [2, 1], (
        "what belongs to one item stands on a line of its own"
    )
    assert "&lt;b&gt;" in rows[0]
    assert with_buttons["List-Unsubscribe"] == f"<{stop}>"
    assert with_buttons["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert without["List-Unsubscribe"] is None
