"""The examples of docs/api.md are run as they stand, and print what stands below them."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE

import pytest

from bot.web.api_limits import OF_TOKEN
from bot.web.api_models import LONGEST_PAGE, PageQuery
from bot.web.api_table import ENDPOINTS
from services.organisation.webhooks_out import sign
from tests.bot.web.api_kit import Seconds, api_of, token
from tests.bot.web.test_api_reports import person
from tests.cast import QUAN, Stage
from tests.house_map import ROOT

GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^### (.+?)\n.*?```python\n(.*?)```\n\n```text\n(.*?)```", GUIDE, re.S | re.M)


async def run(program: str, url: str, bearer: str) -> str:
    """Run an example in a process of its own; return what it prints."""
    environment = {**os.environ, "NHACVIEC_API": url, "NHACVIEC_API_TOKEN": bearer, "PYTHONUTF8": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, env=environment, stdout=PIPE, stderr=PIPE
    )
    out, err = await asyncio.wait_for(process.communicate(), 30)
    return (out + err).decode()


@pytest.mark.parametrize(("name", "program", "prints"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES])
async def test_an_example_prints_what_stands_below_it(
    stage: Stage, name: str, program: str, prints: str
) -> None:
    await stage.talk((QUAN, "1 xong, BC số 12/BC-SNgV", "Đã ghi"))
    stage.clock.set("2026-06-17 09:00")
    async with api_of(stage, Seconds()) as url:
        writer = await token(stage, person_id=await person(stage, QUAN))
        assert await run(program, url, writer.token) == prints


def test_all_examples_are_run() -> None:
    assert len(EXAMPLES) == GUIDE.count("```python") == 5


def test_the_guide_shows_the_signature_that_is_sent() -> None:
    body = b"""{"type": "plan_changed", "timestamp": "2026-06-01T02:00:00+00:00", "data": \
{"plan_id": 1, "assignment_id": null, "unit_id": null}}"""
    (secret,) = re.findall(r'^secret = "(.+)"$', GUIDE, re.M)
    assert f'"webhook-signature": "{sign(secret, "evt_1_5", 1780279200, body)}"' in GUIDE


def test_the_guide_tells_every_address_and_every_choice() -> None:
    table = dict(re.findall(r"^\| `(/\S+)` \|.*\|([^|]*)\|$", GUIDE, re.M))
    assert table.keys() == {endpoint.path for endpoint in ENDPOINTS}
    for endpoint in ENDPOINTS:
        own = endpoint.query.model_fields.keys() - PageQuery.model_fields.keys()
        names = {endpoint.query.model_fields[name].alias or name for name in own}
        assert set(re.findall(r"`(\w+)`", table[endpoint.path])) == names


def test_the_guide_tells_the_limits() -> None:
    assert f"{OF_TOKEN.messages} calls a minute" in GUIDE
    assert f"{LONGEST_PAGE} at most" in GUIDE
