"""What the server answers instead of a result.

Refused      the envelope {"ok": false, ...} with the status of its error_code
Unanswered   no answer at all: the connection is cut, or the client has already gone
"""

from collections.abc import Mapping

from starlette.responses import JSONResponse


class Refused(Exception):
    """A request that Telegram would refuse; `parameters` is its ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def response(self) -> JSONResponse:
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return JSONResponse(body, self.code)


class Unanswered(Exception):
    """`status` stands in the log: 0 when the server cut the line, 499 when the client did."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def bad_request(what: str) -> Refused:
    return Refused(400, f"Bad Request: {what}")


def too_many(retry_after: int) -> Refused:
    """`retry_after` in whole seconds."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
