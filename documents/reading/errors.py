"""What reading a document can end in, besides a plan."""


class Unreadable(Exception):
    """The document gives no plan; `reason` is a key of the message catalogue, `facts` what its text needs.

    Reasons: "empty" (no text at all), "no_duties" (text, but no duty and no activity), "scanned" (pictures of
    text), "unsupported" (a kind of file that is not read; fact `suffix`), "secret" (bears a secrecy mark),
    "broken" (the file cannot be opened as what its name says), "too_big" (over a limit), "locked" (a password
    protects it), "pictures" (a Word file without text), "enclosed" (a PDF that is a cover
    for other files), "needs_office" and "needs_ocr" (a program that
    reads such files is not installed).
    """

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts
