"""Which accounts a message reaches without being looked for."""

from typing import Final

from sqlalchemy import and_

from storage.database.schema import account

OWN_PAGE: Final = "page"
"""The channel of people's own pages: what is said there waits until its person looks."""

REACHES: Final = and_(account.c.reachable, account.c.channel != OWN_PAGE)
"""Whether an account rings a phone or fills a mailbox, as far as is known."""
