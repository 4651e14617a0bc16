"""A network that fails, and people who are out of reach."""

import re

from tests.e2e.inside import finishes_the_round, gather
from tests.e2e.kit import Office, nudges

MORNING = "2026-06-04T08:00+07:00"
QUICKLY = 60.0
"""How fast the program's clock runs, so that it looks every third of a second what waits to be sent again."""
CULTURE, HEALTH, JUSTICE = "Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Sở Tư pháp"


class TestAFailingNetwork:
    def test_everybody_is_asked_and_at_most_what_was_accepted_unheard_is_doubled(
        self, office: Office
    ) -> None:
        api, people = office.api, gather(office, 1)
        struck = iter(people[::3])  # those between them get through: the server is there
        faults = [
            *(api.faults.fail(502, chat=next(struck).id, method="sendMessage", times=1) for _ in range(3)),
            *(api.faults.drop_before(chat=next(struck).id, method="sendMessage", times=1) for _ in range(3)),
            *(api.faults.drop_after(chat=next(struck).id, method="sendMessage", times=1) for _ in range(5)),
            *(
                api.faults.fail(502, chat=next(struck).id, method="sendMessage", accepted=True, times=1)
                for _ in range(3)
            ),
        ]
        with office.running(MORNING, speed=QUICKLY) as one:
            office.waits_for(lambda: len(api.log.sends) >= 15, one)
            with api.down():
                assert one.status is None
            finishes_the_round(office, people, one, MORNING[:10])
        unheard = sum(
            request.accepted and request.status != 200 and request.method == "sendMessage"
            for request in api.log.requests
        )
        assert all(fault.struck == fault.times for fault in faults)
        extra = [len(nudges(user)) - 1 for user in people]
        assert min(extra) == 0
        assert unheard >= 8
        assert sum(extra) <= unheard

    def test_a_program_started_while_the_server_is_away_waits_for_it(self, office: Office) -> None:
        (health,) = office.seats({602: (HEALTH, "focal")})
        office.api.goes_down()
        one = office.begins("run", as_of=MORNING, speed=QUICKLY)
        office.waits_for(lambda: "telegram.silent" in one.err, one)
        office.api.comes_back()
        health.wait_for("Báo cáo 6 tháng đầu năm 2026", timeout=30)
        health.types("1 đã xong")
        health.wait_for("Đã ghi việc 1: hoàn thành")
        one.stop()
        assert len(nudges(health)) == 1

    def test_answers_that_take_ten_seconds_are_waited_for_and_hold_up_nobody(self, office: Office) -> None:
        people = gather(office, 1)
        slow = people[3]
        office.api.faults.delay(10, accepted=True, method="sendMessage", chat=slow.id)
        with office.running(MORNING) as one:
            office.waits_for(lambda: all(nudges(user) for user in people), one, within=9)
            finishes_the_round(office, people, one, MORNING[:10])
        assert [len(nudges(user)) for user in people] == [1] * len(people)

    def test_a_server_that_is_down_during_a_round_costs_nobody_a_message_and_doubles_none(
        self, office: Office
    ) -> None:
        people = gather(office, 1)
        with office.running(MORNING, speed=QUICKLY) as one:
            office.waits_for(lambda: len(office.api.log.sends) >= 10, one)
            with office.api.down():
                office.waits_for(lambda: "channel_down" in one.err, one)
            finishes_the_round(office, people, one, MORNING[:10])
        cut = sum(request.accepted and request.status != 200 for request in office.api.log.requests)
        assert min(len(nudges(user)) for user in people) == 1
        assert sum(len(nudges(user)) - 1 for user in people) <= cut


class TestOutOfReach:
    def test_who_cannot_be_written_to_is_marked_and_the_coordinator_is_told(self, office: Office) -> None:
        coordinator, blocking, gone = office.seats(
            {603: (CULTURE, "coordinator"), 604: (HEALTH, "focal"), 605: (JUSTICE, "focal")}
        )
        gone.deletes_account()
        with office.running(MORNING):
            coordinator.wait_for(re.compile(rf"Không nhắn được cho .*{JUSTICE}.*tài khoản không còn"))
            blocking.wait_for("Báo cáo 6 tháng đầu năm 2026")
            blocking.blocks_bot()
            coordinator.wait_for(re.compile(rf"Không nhắn được cho .*{HEALTH}.*đã chặn"))
            coordinator.types("/tinhhinh")
            status = coordinator.wait_for("17/KH-UBND").text.splitlines()
            for unit in (HEALTH, JUSTICE):
                (line,) = [line for line in status if unit in line]
                assert "không liên lạc được" in line
            blocking.unblocks_bot()
            blocking.types("1 đã xong")
            blocking.wait_for("Đã ghi việc 1: hoàn thành")
            coordinator.types("/tinhhinh")
            again = coordinator.wait_for("17/KH-UBND").text.splitlines()
            (line,) = [line for line in again if HEALTH in line]
            assert "không liên lạc được" not in line
