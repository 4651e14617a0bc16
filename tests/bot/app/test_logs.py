import logging

import pytest
import structlog

from bot.app.logs import configure, hide

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


def test_a_token_is_hidden_wherever_it_stands() -> None:
    for text in (TOKEN, f"https://api.telegram.org/bot{TOKEN}/getMe", f"'{TOKEN}'"):
        assert TOKEN not in hide(text)
        assert TOKEN.partition(":")[2] not in hide(text)
    assert hide("lúc 08:00, 12:30:15") == "lúc 08:00, 12:30:15"


def test_no_log_line_bears_a_token_not_even_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.root.handlers[:], logging.root.level
    try:
        configure()
        try:
            int(f"no answer from {TOKEN}")
        except ValueError:
            structlog.get_logger().exception("failed", url=f"/bot{TOKEN}/x")
            logging.getLogger("httpx").warning("POST /bot%s/getMe", TOKEN)
    finally:
        logging.root.handlers[:], level = before[0], before[1]
        logging.root.setLevel(level)
        structlog.reset_defaults()
    lines = capsys.readouterr().err
    assert "failed" in lines
    assert "getMe" in lines
    assert TOKEN.partition(":")[2] not in lines
