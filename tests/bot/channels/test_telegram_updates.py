import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.base import Raw
from bot.channels.telegram_updates import moved_to, parse_update, raw_of, reachability
from handlers.common.conversation import Attachment, Incoming
from tests.bot.channels.telegram_kit import NOW, now


def parsed(raw: Raw, username: str | None = "nhacviec_bot") -> Incoming | None:
    return parse_update(raw, username=username, now=now)


def update(content: dict[str, Any], kind: str = "message") -> Raw:
    return Raw("7", "1001", {"update_id": 7, kind: content})


def message(chat: str = "private", /, **content: Any) -> Raw:
    sender = {"id": 1001, "is_bot": False, "first_name": "Lan", "last_name": "Phạm"}
    where = {"id": 1001, "type": "private"} if chat == "private" else {"id": -5, "type": chat, "title": "Tổ"}
    base = {"message_id": 3, "date": 1772413200, "chat": where, "from": sender}
    return update(base | content)


def test_a_typed_text_is_understood_in_one_normal_form() -> None:
    decomposed = "vie\u0323\u0302c\u200b\u00a03"

    assert parsed(message(text=decomposed)) == Incoming(
        "telegram", "7", "1001", "1001", "Lan Phạm", NOW, text="việc 3"
    )


def test_the_answered_message_is_known() -> None:
    incoming = parsed(
        message(text="xong", reply_to_message=dict(message(text="?").payload["message"], message_id=9))
    )

    assert incoming is not None
    assert incoming.reply_to == "9"


@pytest.mark.parametrize(
    ("chat", "text", "expected"),
    [
        ("private", "/viec", "/viec"),
        ("private", "/viec@nhacviec_bot 3", "/viec 3"),
        ("supergroup", "/viec@NhacViec_Bot\n3", "/viec\n3"),
        ("group", "/viec@another_bot", None),
        ("private", "/viec@another_bot", "/viec"),
        ("group", "thư cho a@nhacviec_bot", "thư cho a@nhacviec_bot"),
    ],
)
def test_a_command_loses_the_name_it_is_addressed_to(chat: str, text: str, expected: str | None) -> None:
    incoming = parsed(message(chat, text=text))

    assert (incoming and incoming.text) == expected
    assert incoming is None or incoming.private is (chat == "private")


def test_an_update_is_understood_before_the_bot_knows_its_name() -> None:
    incoming = parsed(message("group", text="/viec@nhacviec_bot"), username=None)

    assert incoming is not None
    assert (incoming.text, incoming.chat, incoming.sender) == ("/viec", "-5", "1001")


DOCUMENT = {"file_id": "F1", "file_unique_id": "u", "file_name": "kế\nhoạch.docx", "file_size": 9}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"document": DOCUMENT}, Attachment("kế hoạch.docx", 9, "F1")),
        ({"document": {"file_id": "F1", "file_unique_id": "u"}}, Attachment("file", 0, "F1")),
        (
            {
                "photo": [{"file_id": "S", "file_unique_id": "s", "width": 9, "height": 9}],
                "media_group_id": "1324",
            },
            Attachment("photo.jpg", 0, "S", "1324"),
        ),
        (
            {
                "photo": [
                    {"file_id": "S", "file_unique_id": "s", "width": 9, "height": 9},
                    {"file_id": "L", "file_unique_id": "l", "width": 90, "height": 90, "file_size": 5},
                ]
            },
            Attachment("photo.jpg", 5, "L"),
        ),
        ({"voice": {"file_id": "V", "file_unique_id": "v", "duration": 3}}, Attachment("voice.ogg", 0, "V")),
    ],
)
def test_a_file_comes_with_its_name_size_key_and_caption(
    content: dict[str, Any], expected: Attachment
) -> None:
    incoming = parsed(message(caption="đây", **content))

    assert incoming is not None
    assert (incoming.attachment, incoming.text) == (expected, "đây")


@pytest.mark.parametrize(
    "raw",
    [
        update(message(text="sửa").payload["message"], "edited_message"),
        update(message("channel", text="tin").payload["message"], "channel_post"),
        message(new_chat_title="Tổ mới"),
        message(sticker={"file_id": "S", "file_unique_id": "s", "width": 9, "height": 9, "type": "regular",
                         "is_animated": False, "is_video": False}),
        message("group", text="x", sender_chat={"id": -5, "type": "group", "title": "Tổ"}),
        update({"message_id": 3, "date": 1, "chat": {"id": -5, "type": "channel"}, "text": "không ai"}),
        message(text="x", **{"from": {"id": 5, "is_bot": True, "first_name": "Máy"}}),
        update({"id": "1", "from": {"id": 5, "is_bot": False, "first_name": "Lan"}, "chat_instance": "1",
                "inline_message_id": "1", "data": "x"}, "callback_query"),
        Raw("7", "0", {"update_id": 7, "something_new": {"a": 1}}),
        Raw("7", "0", {"update_id": 7}),
    ],
)  # fmt: skip
def test_what_no_person_says_to_the_bot_is_left_out(raw: Raw) -> None:
    assert parsed(raw) is None


def test_a_group_that_became_a_supergroup_names_its_new_id_and_nobody_else_does() -> None:
    assert moved_to(message("group", migrate_to_chat_id=-100500)) == "-100500"
    for other in (
        message("supergroup", migrate_to_chat_id=-7),
        message("private", migrate_to_chat_id=-7),
        message("group", migrate_to_chat_id=1002),
        message("group", migrate_to_chat_id="x"),
        message("group", text="x"),
        update({"id": "1"}, "callback_query"),
    ):
        assert moved_to(other) is None


@pytest.mark.parametrize(
    ("content", "addressed", "text"),
    [
        ({"text": "/viec"}, True, "/viec"),
        ({"text": "/viec@nhacviec_bot"}, True, "/viec"),
        ({"text": "@NhacViec_bot, 1 xong"}, True, "1 xong"),
        ({"text": "@another_bot 1 xong"}, False, "@another_bot 1 xong"),
        ({"text": "1 xong"}, False, "1 xong"),
        ({"text": "1 xong", "reply_to_message": "nhacviec_bot"}, True, "1 xong"),
        ({"text": "1 xong", "reply_to_message": "another_bot"}, False, "1 xong"),
    ],
)
def test_in_a_group_it_is_known_whether_the_bot_is_called(
    content: dict[str, Any], addressed: bool, text: str
) -> None:
    if "reply_to_message" in content:
        bot = {"id": 9, "is_bot": True, "first_name": "x", "username": content["reply_to_message"]}
        answered = message("group", text="?", **{"from": bot}).payload["message"]
        content = content | {"reply_to_message": answered}
    incoming = parsed(message("group", **content))
    assert incoming is not None
    assert (incoming.addressed, incoming.text) == (addressed, text)


def test_what_no_database_takes_is_blotted_out_of_an_update() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    raw = raw_of({"update_id": 7, "message": {"text": "a\ud800b", "deep": deep, "chat": {"id": 5}}})
    assert raw is not None
    kept = json.dumps(raw.payload, ensure_ascii=False)
    assert '"a?b"' in kept
    assert len(kept.encode()) < 200
    assert raw.chat == "5"


@pytest.mark.parametrize("data", [[], {}, True, 5])
def test_a_press_of_something_else_than_words_is_malformed(data: object) -> None:
    press = {"id": "1", "from": {"id": 5, "is_bot": False, "first_name": "Lan"}, "chat_instance": "1"}
    under = message(text="x").payload["message"]
    with pytest.raises(ValueError, match="malformed"):
        parsed(update(press | {"message": under, "data": data}, "callback_query"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@example("date", None)
@given(st.sampled_from(["chat", "from", "date", "message_id", "text", "document", "photo", "caption"]), JSON)
def test_a_distorted_message_is_understood_or_refused_and_nothing_worse(field: str, value: object) -> None:
    raw = message(**({"text": "x", "document": DOCUMENT} | {field: value}))
    with suppress(ValueError, KeyError, TypeError):
        incoming = parsed(raw)
        assert incoming is None or incoming.at.tzinfo is not None
    assert reachability(Raw("7", "0", {"my_chat_member": value})) is None


def test_a_changed_message_says_what_it_says_now_and_when_it_was_sent() -> None:
    changed = dict(message(text="1 được 80%").payload["message"], edit_date=1772413260)
    incoming = parsed(update(changed, "edited_message"))
    assert incoming is not None
    assert (incoming.text, incoming.edited_of) == ("1 được 80%", NOW)
    assert (incoming.at - NOW).total_seconds() == 60


def test_a_change_in_a_group_is_nothing() -> None:
    changed = dict(message("supergroup", text="/viec").payload["message"], edit_date=1772413260)
    assert parsed(update(changed, "edited_message")) is None


@pytest.mark.parametrize(
    ("content", "thread"),
    [
        ({"message_thread_id": 77, "is_topic_message": True}, "77"),
        ({"message_thread_id": 77}, ""),  # a chain of answers
        ({}, ""),
    ],
)
def test_the_topic_of_a_forum_is_known(content: dict[str, Any], thread: str) -> None:
    incoming = parsed(message("supergroup", text="/viec", **content))
    assert incoming is not None
    assert incoming.thread == thread


def test_an_admin_who_hides_is_heard_and_known_to_hide() -> None:
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    group = {"id": -5, "type": "supergroup", "title": "Tổ"}
    incoming = parsed(
        update({**message("supergroup", text="/viec").payload["message"], "from": bot, "sender_chat": group})
    )
    assert incoming is not None
    assert incoming.anonymous


def test_a_channel_that_posts_into_a_group_is_not_heard() -> None:
    channel = {"id": -9, "type": "channel", "title": "Tin"}
    assert parsed(message("supergroup", text="/viec", sender_chat=channel)) is None
