"""What every channel keeps, whatever it is: the contract of `bot.channels.base`, asked of each in turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from markupsafe import Markup

from bot.channels.base import Raw, SendError
from bot.delivery.sender import Sender
from handlers.common.conversation import Choice, Link, MenuEntry, Outgoing, Paper
from tests.bot.channels.contract_kit import (
    BEHIND,
    UNKNOWN_CHAT,
    Handset,
    Opening,
    mail,
    own_page,
    sandbox,
    sandbox_as_mail,
    sandbox_as_page,
    sandbox_as_zalo,
    telegram,
    telegram_by_webhook,
    zalo,
)
from tests.bot.channels.telegram_kit import Store, until

SANDBOXES = (sandbox, sandbox_as_zalo, sandbox_as_mail, sandbox_as_page)
CHANNELS = (telegram, telegram_by_webhook, zalo, mail, own_page, *SANDBOXES)


@pytest.fixture(params=CHANNELS, ids=lambda opening: opening.__name__)
def opening(request: pytest.FixtureRequest) -> Opening:
    chosen: Opening = request.param
    return chosen


@asynccontextmanager
async def before(opening: Opening) -> AsyncIterator[tuple[Handset, Store]]:
    store = Store()
    async with opening(store) as phone:
        yield phone, store


async def test_a_text_comes_with_who_says_it_and_where(opening: Opening) -> None:
    async with before(opening) as (phone, store):
        await phone.types("1 xong, báo cáo số 12")
        (raw,) = await store.holds(1)
        incoming = phone.channel.parse(raw)
    assert incoming is not None
    assert (incoming.channel, incoming.chat) == (phone.channel.name, phone.chat)
    assert (incoming.text, incoming.press, incoming.private) == ("1 xong, báo cáo số 12", None, True)
    assert incoming.name == "Lan"
    assert incoming.at.utcoffset() is not None
    assert raw.chat == phone.chat


async def test_each_update_has_an_id_of_its_own_that_a_second_delivery_bears_too(opening: Opening) -> None:
    async with before(opening) as (phone, store):
        await phone.types("một")
        await store.holds(1)
        await phone.types("hai")
        await store.holds(2)
        phone.again()
        await store.holds(3)
    first, second, again = (raw.update_id for raw in store.raws)
    assert first != second
    assert again == second


async def test_what_is_no_update_is_refused_or_passed_over(opening: Opening) -> None:
    payloads: tuple[dict[str, object], ...] = ({}, {"message": "words"}, {"event_name": 3}, {"text": []})
    async with before(opening) as (phone, _):
        for payload in payloads:
            try:
                incoming = phone.channel.parse(Raw("x", phone.chat, payload))
            except (ValueError, KeyError, TypeError):
                continue
            assert incoming is None, payload


async def test_the_longest_text_arrives_whole_and_a_longer_one_in_parts(opening: Opening) -> None:
    async with before(opening) as (phone, _):
        longest = phone.channel.can(phone.chat).longest_text
        sender = Sender({phone.channel.name: phone.channel}, {})
        await phone.channel.send(phone.chat, Outgoing(Markup("{}").format("😀" * (longest // 2))))
        line = " ".join(["Sở Ngoại vụ còn ba việc."] * 8)
        text = Markup("\n".join([line] * (2 * longest // len(line))))  # noqa: S704 - plain words
        await sender.deliver(phone.channel.name, phone.chat, Outgoing(text))
        await until(lambda: len(phone.shown()) >= 3)
    whole, *parts = phone.shown()
    assert whole == "😀" * (longest // 2)
    assert "\n".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= longest for part in parts)


async def test_no_tag_and_no_entity_is_ever_read(opening: Opening) -> None:
    async with before(opening) as (phone, _):
        text = Markup("<b>{}</b> và <i>{}</i>").format("a < b & c", '"nghiêng"')
        await phone.channel.send(phone.chat, Outgoing(text))
        await until(lambda: bool(phone.shown()))
        (shown,) = phone.shown()
    assert shown == 'a < b & c và "nghiêng"'


async def test_a_message_has_an_id_of_its_own(opening: Opening) -> None:
    async with before(opening) as (phone, _):
        ids = [await phone.channel.send(phone.chat, Outgoing(Markup("Chào"))) for _ in range(2)]
    assert len({*ids, ""}) == 3


async def test_a_pressed_button_brings_its_data(opening: Opening) -> None:
    async with before(opening) as (phone, store):
        can = phone.channel.can(phone.chat)
        choices, links = ((Choice("Có", "yes:1"),),), ((Link("Có", f"{BEHIND}yes:1"),),)
        if not can.buttons and not can.button_links:
            return  # its choices stand in the text: tests/handlers/common/test_typed_choices.py
        asked = Outgoing(Markup("?"), choices) if can.buttons else Outgoing(Markup("?"), links=links)
        await phone.channel.send(phone.chat, asked)
        await until(lambda: bool(phone.shown()))
        await phone.presses("Có")
        incoming = phone.channel.parse((await store.holds(1))[0])
    assert incoming is not None
    assert (incoming.press, incoming.text) == ("yes:1", "")


async def test_what_people_say_tells_nothing_bad_of_their_chat(opening: Opening) -> None:
    async with before(opening) as (phone, store):
        await phone.types("1 xong")
        (raw,) = await store.holds(1)
        assert phone.channel.reachability(raw) is not False
        assert phone.channel.moved_to(raw) is None


async def test_a_menu_keeps_no_message_from_arriving(opening: Opening) -> None:
    async with before(opening) as (phone, _):
        menu = (MenuEntry("viec", "Việc của tôi"),)
        await phone.channel.send(phone.chat, Outgoing(Markup("Chào"), menu=menu))
        await until(lambda: phone.shown() == ["Chào"])


async def test_files_go_in_and_out_where_the_channel_carries_them(opening: Opening) -> None:
    async with before(opening) as (phone, store):
        can = phone.channel.can(phone.chat)
        if can.files_out:
            await phone.channel.send(phone.chat, Outgoing(Markup("Đây"), papers=(Paper("a.txt", b"ra"),)))
            await until(lambda: phone.files() == [b"ra"])
        if can.files_in:
            await phone.sends_file("b.txt", b"vao")
            incoming = phone.channel.parse((await store.holds(1))[0])
            assert incoming is not None
            assert incoming.attachment is not None
            assert incoming.attachment.name == "b.txt"
            assert await phone.channel.fetch(incoming.attachment) == b"vao"


async def test_a_chat_that_is_not_there_is_refused_for_good(opening: Opening) -> None:
    async with before(opening) as (phone, _):
        with pytest.raises(SendError) as refused:
            await phone.channel.send(UNKNOWN_CHAT, Outgoing(Markup("Chào")))
    assert refused.value.permanent
    assert not refused.value.ambiguous
    assert refused.value.trouble is None


async def test_a_server_that_is_away_is_no_fault_of_the_message(opening: Opening) -> None:
    async with before(opening) as (phone, _):
        await phone.channel.probe()
        if phone.down is None:
            return  # the sandbox is the program's own page
        with phone.down():
            for asked in (phone.channel.send(phone.chat, Outgoing(Markup("Chào"))), phone.channel.probe()):
                with pytest.raises(SendError) as refused:
                    await asked
                assert (refused.value.trouble, refused.value.permanent) == ("away", False)
        await phone.channel.probe()
