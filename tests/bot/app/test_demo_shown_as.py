"""The sandbox shows its phones as those of another channel."""

import pytest

from bot.channels import mail, zalo
from bot.channels.sandbox import Phone, WebChannel
from bot.channels.shown_as import SHOWN_AS, Manner
from handlers.common.capabilities import Capabilities
from tests.cast import QUAN, Stage, words_of


@pytest.mark.parametrize(("manner", "real"), [("zalo", zalo.CAPABILITIES), ("mail", mail.CAPABILITIES)])
def test_a_phone_shown_as_another_channel_can_do_what_that_can(manner: Manner, real: Capabilities) -> None:
    shown = SHOWN_AS[manner]
    same = ("longest_text", "styles", "buttons", "menu", "files_in", "files_out", "voice", "groups")
    assert all(getattr(shown, name) == getattr(real, name) for name in same)
    assert (shown.rates, shown.quota) == (None, None)


async def test_on_a_phone_shown_as_zalo_choices_stand_in_the_text(stage: Stage) -> None:
    channel = WebChannel([Phone("a", "Quân", "", None)], stage.clock.now, SHOWN_AS["zalo"])
    stage.channel.capabilities = channel.capabilities
    (sent,) = [sent for sent in await stage.nudged("2026-06-10 08:00") if sent.chat == QUAN.chat]
    assert sent.message.choices == ()
    assert "Đã xong" in words_of(sent.message)
