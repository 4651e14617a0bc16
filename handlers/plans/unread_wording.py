"""How the passages are worded that hand out work or may do so, and became nothing."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from config.texts import Texts
from domain.plans.plan import Passage
from handlers.common.wording import short
from storage.organisation.web_session_store import Address

SHOWN = 6
"""How many passages a message shows."""


def word_unread(
    texts: Texts, passages: Sequence[Passage], plan_id: int, address: Address | None
) -> Markup | None:
    """How many passages are unread, and where the page is; None where there is none.

    `address` is that of the pages, None where there are none.
    """
    if not passages:
        return None
    count = texts("unread.count", count=len(passages))
    if address is None:
        return count
    if not address.public:
        return Markup(" ").join((count, texts("unread.page")))
    url = f"{address.url}/ke-hoach/{plan_id}"
    return Markup(" ").join((count, texts("unread.link", url=url)))


def word_passages(texts: Texts, passages: Sequence[Passage], start: int = 0) -> Iterator[Markup]:
    """Yield a page of unread passages, each with the reason why it became nothing."""
    for passage in passages[start : start + SHOWN]:
        why = texts(f"unread.why_{passage.why or 'outside'}")
        yield texts("unread.row", section=passage.section, text=short(passage.text, 160), why=why)
    left = len(passages) - start - SHOWN
    if left > 0:
        yield texts("unread.more", count=left)
