"""Every passage of a document ends in exactly one fate, and what becomes nothing is kept."""

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.reading import Unreadable, read_text
from documents.reading.as_json import as_json
from domain.common.text import nfc
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.conftest import shipped_register
from tests.documents.reading.test_layouts import HEAD
from tests.documents.reading.test_noise import PHRASES

FATES = {"head", "heading", "lead_in", "duty", "activity", "report", "closing", "background", "unread"}


def fates(plan: Plan) -> dict[str, str]:
    return {passage.text: passage.fate for passage in plan.passages}


def whole(plan: Plan) -> None:
    """Check that the passages stand in order, each with one fate, and that each row has one of them."""
    assert [passage.index for passage in plan.passages] == list(range(len(plan.passages)))
    assert {passage.fate for passage in plan.passages} <= FATES
    assert all((passage.why is not None) == (passage.fate == "unread") for passage in plan.passages)
    places = [row.passage for rows in (plan.duties, plan.activities, plan.reports) for row in rows]
    assert all(place is not None and 0 <= place < len(plan.passages) for place in places)
    for duty in plan.duties:
        assert duty.passage is not None
        assert duty.text in plan.passages[duty.passage].text
        assert plan.passages[duty.passage].fate == "duty"


@given(st.text(max_size=300), st.lists(st.sampled_from(PHRASES), max_size=60))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_word_of_any_text_is_lost(letters: str, phrases: list[str]) -> None:
    text = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Trực.\n{letters}{''.join(phrases)}"
    try:
        plan = read_text(text, shipped_register())
    except Unreadable:
        return
    whole(plan)
    kept = " ".join(passage.text for passage in plan.passages)
    assert not set(re.findall(r"[^\W\d_]{2,}", nfc(text))) - set(re.findall(r"[^\W\d_]{2,}", kept))


def test_each_passage_says_what_became_of_it(register: Register) -> None:
    body = """Căn cứ Luật Du lịch.
I. MỤC ĐÍCH
- Đón nhiều khách hơn.
II. NỘI DUNG
1. Mở bến thuyền mới
- Đơn vị chủ trì: Sở Xây dựng.
III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch có trách nhiệm:
- Mở lớp chèo thuyền.
2. Chế độ báo cáo
Các sở, ban, ngành báo cáo UBND tỉnh (qua Sở Du lịch) trước ngày 15/11/2024.
3. Mọi người dân ven hồ phải mặc áo phao khi xuống thuyền.
Trên đây là Kế hoạch phát triển du lịch.
Nơi nhận:
- Lưu: VT.
"""
    plan = read_text(HEAD + body, register)
    whole(plan)
    found = fates(plan)
    assert found["Căn cứ Luật Du lịch."] == "background"
    assert found["- Đón nhiều khách hơn."] == "background"
    assert found["1. Mở bến thuyền mới"] == "activity"
    assert found["1. Sở Du lịch có trách nhiệm:"] == "lead_in"
    assert found["- Mở lớp chèo thuyền."] == "duty"
    assert found["Các sở, ban, ngành báo cáo UBND tỉnh (qua Sở Du lịch) trước ngày 15/11/2024."] == "report"
    assert found["Trên đây là Kế hoạch phát triển du lịch."] == "closing"
    assert found["- Lưu: VT."] == "background"
    assert found["KẾ HOẠCH"] == "head"
    assert [(passage.section, passage.text, passage.why) for passage in plan.unread] == [
        ("III.3", "3. Mọi người dân ven hồ phải mặc áo phao khi xuống thuyền.", "no_owner")
    ]


def test_the_json_of_a_plan_shows_what_is_unread_and_where_each_row_comes_from(register: Register) -> None:
    body = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Mở lớp.\n2. Cơ chế chung\n- Việc chậm thì giải trình.\n"
    told = as_json(read_text(HEAD + body, register))
    passages, unread, duties = told["passages"], told["unread"], told["duties"]
    assert isinstance(passages, list)
    assert isinstance(unread, list)
    assert isinstance(duties, list)
    assert [(one["text"], one["section"], one["why"]) for one in unread] == [
        ("- Việc chậm thì giải trình.", "III.2", "no_owner")
    ]
    assert passages[unread[0]["passage"]]["fate"] == "unread"
    assert passages[duties[0]["passage"]]["text"] == "- Mở lớp."


def test_a_table_row_is_a_passage_of_its_own(register: Register) -> None:
    body = (
        "PHỤ LỤC\nTT\tNội dung\tCơ quan chủ trì\tThời gian\n1\tTrồng cỏ\tSở Xây dựng\tQuý I\n"
        "2\tVớt bèo\tSở Du lịch\tQuý II\n"
    )
    plan = read_text(HEAD + body, register)
    whole(plan)
    assert [(item.passage, item.text) for item in plan.activities] == [(9, "Trồng cỏ"), (10, "Vớt bèo")]
    assert plan.passages[8].fate == "heading"


def test_thirty_thousand_blank_lines_cost_next_to_nothing(register: Register) -> None:
    body = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Mở lớp.\n"
    began = time.process_time()
    plan = read_text(HEAD + "\n" * 30_000 + body, register)
    assert [duty.unit for duty in plan.duties] == ["Sở Du lịch"]
    assert time.process_time() - began < 2.0
