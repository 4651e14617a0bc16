"""One request of somebody who has been let in, with all that a page needs to answer it."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from urllib.parse import quote

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from config.texts import Texts, load_sentences
from domain.common.text import nfc, squeeze
from domain.organisation.people import Person
from handlers.common.button_data import id_in
from handlers.common.wording import Wording
from services.common.rules import Rules
from storage.assignments.evidence_files import EvidenceStore
from storage.plans.plan_store import PlanRow


@cache
def load_page_texts(language: str) -> Texts:
    """Read the sentences of the pages in a language ("vi" or "en")."""
    return Texts(language, load_sentences(f"dashboard.{language}.toml"))


@dataclass(frozen=True, slots=True)
class Flash:
    """What the next page says at its head. `key` is the item that was not taken, `words` what was typed."""

    text: Markup
    wrong: bool = False
    key: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, who makes it, and what they may see: `plans` are those that their units compile."""

    conn: AsyncConnection
    request: Request
    session: str
    person: Person
    plans: tuple[PlanRow, ...]
    now: datetime
    rules: Rules
    words: Wording
    texts: Texts
    form: FormData
    files: EvidenceStore
    tell: Callable[[Flash], None]
    """Keeps what the next page shall say."""
    told: Flash | None = None
    versions: tuple[PlanRow, ...] = ()
    """The later versions of `plans` that wait to be applied."""

    @property
    def today(self) -> date:
        """The local day."""
        return self.words.today

    @property
    def csrf(self) -> str:
        """What each form must send along: known only to pages of this session."""
        return token_of(self.session)

    @property
    def live(self) -> tuple[PlanRow, ...]:
        """The plans that ask for something, the newest first."""
        return tuple(plan for plan in self.plans if plan.state == "live")

    def plan(self, plan_id: int) -> PlanRow:
        """Return one of their plans, or a version of one. Raises HTTPException 404 for any other, there or
        not.
        """
        for plan in (*self.plans, *self.versions):
            if plan.id == plan_id:
                return plan
        raise HTTPException(404)

    def chosen(self) -> PlanRow | None:
        """Return the plan that the address names, else the newest that asks for something; None without any.

        Raises HTTPException 404 where it names none of theirs.
        """
        if asked := self.asked("ke-hoach"):
            return self.plan(id_in(asked))
        return self.live[0] if self.live else None

    def asked(self, name: str) -> str:
        """Return a value of the address, "" where there is none."""
        return self.request.query_params.get(name, "")

    def url(self, path: str) -> str:
        """Return the address of one of our pages, wherever they are mounted."""
        return url_in(self.request, path)

    def sent(self, name: str) -> str:
        """Return a value of the form on one line, "" where there is none."""
        value = self.form.get(name, "")
        return squeeze(nfc(value)) if isinstance(value, str) else ""

    def go(self, path: str) -> Response:
        """Send on to another page, after something was done."""
        return RedirectResponse(self.url(path), status_code=303)


Answer = Callable[[Visit], Awaitable[Response]]


def token_of(session: str) -> str:
    """Return the token of a session's forms. The session's key does not follow from it."""
    return hashlib.sha256(f"form:{session}".encode()).hexdigest()


def url_in(request: Request, path: str) -> str:
    """Return the address of one of our pages, wherever they are mounted."""
    return f"{quote(request.scope.get('root_path', ''))}{path}"
