"""The API under /api/v1: who is let in, how often, and how an answer or a refusal is written."""

import hashlib
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.api_bodies import body_of, key_of
from bot.web.api_calls import ApiCall, ApiRefusal
from bot.web.api_document import document
from bot.web.api_limits import OF_STRANGER, OF_TOKEN, CallLimit, CallTurn
from bot.web.api_models import ApiModel, ApiProblem
from bot.web.api_table import ENDPOINTS, Endpoint
from bot.web.visitors import Network, visitor
from config.texts import Texts, load_texts
from domain.organisation.api_access import ApiAccess
from services.common.rules import Rules
from storage.database.engine import Database
from storage.organisation import api_token_store

PREFIX = "/api/v1"
DOCUMENT = "/openapi.json"
_STATUS: Mapping[str, int] = {
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "bad_method": 405,
    "bad_query": 400,
    "bad_body": 400,
    "no_key": 400,
    "key_reused": 409,
    "closed": 409,
    "waits_already": 409,
    "marked": 422,
    "no_line": 422,
    "contradicts": 422,
    "too_many_requests": 429,
    "failed": 500,
}
_CODE_OF = {404: "not_found", 405: "bad_method"}
_GREATEST_ID = 2**63 - 1
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Api:
    """Answers calls. `seconds` counts monotonic seconds, by which callers have their share."""

    database: Database
    rules: Rules
    now: Callable[[], datetime]
    texts: Texts
    proxies: Sequence[Network]
    of_token: CallLimit
    of_stranger: CallLimit
    seconds: Callable[[], float]

    async def answer(self, endpoint: Endpoint, request: Request) -> Response:
        """Answer a call, or say in a problem why not."""
        try:
            return await self._answered(endpoint, request)
        except ApiRefusal as refusal:
            return self.problem(refusal)
        except Exception:  # noqa: BLE001 - the boundary of the API: a fault is told as a problem too
            _log.exception("api_failed", operation=endpoint.name)
            return self.problem(ApiRefusal("failed"))

    async def _answered(self, endpoint: Endpoint, request: Request) -> Response:
        now = self.now()
        access = await self._let_in(request, now)
        turn = self.of_token.take(str(access.token_id), self.seconds())
        if not turn.is_open:
            raise ApiRefusal("too_many_requests", seconds=turn.seconds)
        if endpoint.scope not in access.scopes:
            raise ApiRefusal("forbidden")
        query = _query(endpoint, request)
        id_ = int(request.path_params.get("id", 0))
        if id_ > _GREATEST_ID:
            raise ApiRefusal("not_found")
        if endpoint.body is None:
            async with self.database.reading() as conn:
                call = ApiCall(conn, access, id_, now, self.rules, self.texts)
                answer = await endpoint.answer(call, query)
        else:
            key, (entry, hash_) = key_of(request), await body_of(endpoint.body, request)
            async with self.database.writing() as conn:
                call = ApiCall(conn, access, id_, now, self.rules, self.texts, key, hash_)
                answer = await endpoint.answer(call, entry)
        return _written(answer, request, turn, self.of_token)

    async def _let_in(self, request: Request, now: datetime) -> ApiAccess:
        """Return what a call's token is good for. Raises ApiRefusal."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        row = None
        if scheme.lower() == "bearer" and token.strip():
            async with self.database.reading() as conn:
                row = await api_token_store.find(conn, token.strip())
        if row is None or not row.is_good(now):
            turn = self.of_stranger.take(visitor(request, self.proxies), self.seconds())
            if not turn.is_open:
                raise ApiRefusal("too_many_requests", seconds=turn.seconds)
            raise ApiRefusal("unauthorized")
        if row.used_at is None or now - row.used_at >= api_token_store.NOTED_EVERY:
            token_id = row.access.token_id
            await self.database.write(lambda conn: api_token_store.note_use(conn, token_id, now))
        return row.access

    def problem(self, refusal: ApiRefusal) -> Response:
        """Write a refusal as a problem of RFC 9457."""
        status = _STATUS[refusal.code]
        problem = ApiProblem.model_validate(
            {
                "status": status,
                "code": refusal.code,
                "title": self.texts(f"api.{refusal.code}").unescape(),
                "detail": self.texts(f"api.{refusal.code}_detail", **refusal.facts).unescape(),
            }
        )
        headers = {"Content-Language": self.texts.language}
        if refusal.code == "unauthorized":
            headers["WWW-Authenticate"] = "Bearer"
        if "seconds" in refusal.facts:
            headers["Retry-After"] = str(refusal.facts["seconds"])
        return JSONResponse(
            problem.model_dump(mode="json"), status, headers, media_type="application/problem+json"
        )

    async def wrong(self, _: Request, error: Exception) -> Response:
        """Answer where there is nothing, or nothing for a method."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        response = self.problem(ApiRefusal(_CODE_OF.get(status, "not_found")))
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        return response


def api_app(
    database: Database,
    rules: Rules,
    now: Callable[[], datetime],
    language: str,
    *,
    proxies: Sequence[Network] = (),
    seconds: Callable[[], float] = time.monotonic,
) -> Starlette:
    """Build the application that is mounted at PREFIX.

    `proxies` are those whose X-Forwarded-For counts.
    """
    limits = CallLimit(OF_TOKEN), CallLimit(OF_STRANGER)
    api = Api(database, rules, now, load_texts(language), proxies, *limits, seconds)
    told = document()

    async def openapi(_: Request) -> Response:
        return JSONResponse(told)

    routes = [
        Route(endpoint.route, _route(api, endpoint), methods=[endpoint.method]) for endpoint in ENDPOINTS
    ]
    return Starlette(
        routes=[Route(DOCUMENT, openapi, methods=["GET"]), *routes],
        exception_handlers={HTTPException: api.wrong},
    )


def _route(api: Api, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    return partial(api.answer, endpoint)


def _query(endpoint: Endpoint, request: Request) -> ApiModel:
    """Read the parameters of a call. Raises ApiRefusal where one is wrong, unknown, or stands twice."""
    given = request.query_params.multi_items()
    twice = {name for name, _ in given if len(request.query_params.getlist(name)) > 1}
    if twice:
        raise ApiRefusal("bad_query", names=", ".join(sorted(twice)))
    try:
        return endpoint.query.model_validate_strings(dict(given))
    except ValidationError as wrong:
        names = dict.fromkeys(str(error["loc"][0]) if error["loc"] else "" for error in wrong.errors())
        raise ApiRefusal("bad_query", names=", ".join(names)) from None


def _written(answer: ApiModel, request: Request, turn: CallTurn, limit: CallLimit) -> Response:
    body = answer.model_dump_json().encode()
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": mark,
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization",
        "RateLimit-Limit": str(limit.limit.messages),
        "RateLimit-Remaining": str(turn.left),
    }
    if following := getattr(answer, "next", None):
        address = request.url.include_query_params(cursor=following)
        headers["Link"] = f'<?{address.query}>; rel="next"'  # a proxy may have another name for the rest
    if _is_known(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _is_known(marks: str, mark: str) -> bool:
    known = {each.strip().removeprefix("W/") for each in marks.split(",")}
    return mark in known or "*" in known
