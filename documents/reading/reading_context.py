"""What all parts of one reading share."""

from dataclasses import dataclass

from documents.reading.account import Account
from documents.reading.bodies import Finder
from documents.reading.plan_names import Ledger


@dataclass(frozen=True, slots=True)
class Context:
    """Finds the bodies of one document, keeps their names, and keeps account of its passages."""

    finder: Finder
    ledger: Ledger
    account: Account
