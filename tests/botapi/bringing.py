"""The server's side of a webhook: updates are brought one by one, each again until it is taken with a 200."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import httpx

BETWEEN_TRIES: Final = 0.1


async def bring(
    client: httpx.AsyncClient, address: str, served: Mapping[str, str], headers: Mapping[str, str], body: Any
) -> int:
    """Bring one update; return the status, 0 where nobody was there.

    `served` tells where public addresses are served in truth, as a reverse proxy does.
    """
    for public, near in served.items():
        address = address.replace(public, near, 1)
    try:
        return (await client.post(address, json=body, headers=dict(headers))).status_code
    except httpx.HTTPError:
        return 0


def client() -> httpx.AsyncClient:
    """Return what brings updates: straight, past any proxy of the machine."""
    return httpx.AsyncClient(timeout=5.0, trust_env=False)


async def wait_a_little() -> None:
    """Let some time pass before an update is brought again."""
    await asyncio.sleep(BETWEEN_TRIES)
