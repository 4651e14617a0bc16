"""Links in the place of files, where a channel carries none."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from bot.delivery.patience import patiently
from config.texts import Texts
from handlers.common.conversation import Outgoing, Paper
from storage.assignments.evidence_files import EvidenceStore, folder_of
from storage.database.engine import Database
from storage.organisation import handout_store, web_session_store

_KEY_BYTES = 24


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Keeps the files of a message for those who follow its links."""

    database: Database

    async def replace_files(
        self, message: Outgoing, channel: str, chat: str, texts: Texts, now: datetime
    ) -> Outgoing:
        """Return a message with a link for each of its papers; without a public address, with what to do."""
        if not message.papers:
            return message
        async with self.database.reading() as conn:
            address = await web_session_store.address(conn)
        names = ", ".join(paper.name for paper in message.papers)
        if address is None or not address.public:
            return replace(
                message, text=message.text + "\n" + texts("files.not_carried", names=names), papers=()
            )
        links = await self._keep(message.papers, channel, chat, now)
        listed = Markup("\n").join(
            texts("files.link", name=paper.name, link=f"{address.url}/tep/{key}")
            for paper, key in zip(message.papers, links, strict=True)
        )
        return replace(message, text=message.text + "\n" + listed, papers=())

    async def _keep(self, papers: Sequence[Paper], channel: str, chat: str, now: datetime) -> list[str]:
        """Keep papers; return their keys."""
        store = EvidenceStore(folder_of(self.database.path))
        hashes = [await asyncio.to_thread(store.put, paper.data) for paper in papers]
        keys = [secrets.token_urlsafe(_KEY_BYTES) for _ in papers]

        async def add() -> None:
            async with self.database.writing() as conn:
                for paper, key, sha256 in zip(papers, keys, hashes, strict=True):
                    await handout_store.add_out(conn, key, channel, chat, paper.name, sha256, now)

        await patiently(add)
        return keys

    async def held(self, key: str, now: datetime) -> bytes | None:
        """Return a file that came by a form; None where it is not kept any more."""
        async with self.database.reading() as conn:
            handout = await handout_store.find(conn, "in", key, now)
        if handout is None:
            return None
        try:
            return await asyncio.to_thread(EvidenceStore(folder_of(self.database.path)).get, handout.sha256)
        except OSError:
            return None
