"""The log of the running program: a JSON object a line, each trouble with its request, nobody's words."""

import json
from typing import Any

from tests.e2e.kit import Office, Running, nudges

MORNING = "2026-06-04T08:00+07:00"
CULTURE, HEALTH = "Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"
SAID = (
    "1 vướng kinh phí dự án Thần Nông",
    "/yeucau 15h hôm nay các xã: đếm lại đàn trâu",
    "chuyện đâu đâu Hùng Vương",
)
SECRETS = ("Thần Nông", "đàn trâu", "Hùng Vương", "Đã ghi", "Kính gửi", "Báo cáo 6 tháng", "focal", "602:")


def log_of(one: Running) -> list[dict[str, Any]]:
    """Read the log; whatever is no JSON fails."""
    lines = [json.loads(line) for line in one.err.splitlines() if line.startswith("{")]
    assert lines, one.err
    return lines


class TestTheLog:
    def test_troubles_bear_their_request_and_nobodys_words(self, office: Office) -> None:
        coordinator, health = office.seats({603: (CULTURE, "coordinator"), 602: (HEALTH, "focal")})
        with office.running(MORNING) as one:
            office.waits_for(lambda: bool(nudges(health)), one)
            for user, words in ((health, SAID[0]), (coordinator, SAID[1]), (health, SAID[2])):
                before = len(user.messages)
                user.types(words)
                office.waits_for(lambda user=user, before=before: len(user.messages) > before, one)  # type: ignore[misc]
            office.api.faults.fail(403, html=False, chat=health.id, method="sendMessage", times=1)
            health.types(SAID[0])
            office.waits_for(lambda: "answer_given_up" in one.err, one)
        lines = log_of(one)
        given_up = next(line for line in lines if line["event"] == "answer_given_up")
        assert given_up["request"].startswith("in-")
        assert [line for line in lines if line["level"] == "error"] == []
        _, _, token = office.api.token.partition(":")
        everything = one.err + "".join(json.dumps(line, ensure_ascii=False) for line in lines)
        assert [words for words in (*SECRETS, token) if words in everything] == []
