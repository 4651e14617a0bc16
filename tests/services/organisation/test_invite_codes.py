"""Codes pass through any Vietnamese keyboard as they are, and those made before stay good."""

import re

from services.organisation.invite_codes import hash_code, make_letters
from storage.organisation import invite_store, unit_store
from tests.cast import LEADING, STRANGER, Stage

TELEX = re.compile(r"[AEIOUYDW]|(.)\1")
"""Vowels take marks, W alone is ư, DD is đ; quick keys turn doubled consonants into others."""
QUICK = re.compile(r"[FJ]")
"""At the beginning of a word quick keys make ph of F and gi of J."""


def test_no_keyboard_makes_other_letters_of_a_code() -> None:
    for _ in range(2000):
        letters = make_letters(12)
        assert len(letters) == 12
        assert not TELEX.search(letters)
        assert not QUICK.search(letters)
        assert not set(letters) & set("01IO")


def test_codes_are_drawn_from_enough() -> None:
    assert len({make_letters(8) for _ in range(2000)}) == 2000
    assert len(set("".join(make_letters(12) for _ in range(500)))) == 24


async def test_a_code_of_the_old_letters_is_still_good(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        unit_id = (await unit_store.ids(conn))[LEADING]
        expires = stage.clock.now().replace(year=2027)
        await invite_store.add(
            conn, hash_code("DDAW2345"), unit_id, "focal", expires, takes_over=False, holder=None
        )
    await stage.talk((STRANGER, "/start DDAW-2345", LEADING))
