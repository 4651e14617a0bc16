"""The coordinator's pages beside the sandbox of the demo."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.app.demo import beside


def saying(word: str) -> Starlette:
    """An application that answers one word at its root."""
    return Starlette(routes=[Route("/", PlainTextResponse(word))])


@pytest.mark.parametrize(
    ("path", "word"), [("/tong-hop", "pages"), ("/tong-hop/", "pages"), ("/", "sandbox")]
)
async def test_the_pages_are_found_with_and_without_a_slash(path: str, word: str) -> None:
    transport = httpx.ASGITransport(beside(saying("pages"), saying("sandbox")))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", follow_redirects=True
    ) as client:
        assert (await client.get(path)).text == word
