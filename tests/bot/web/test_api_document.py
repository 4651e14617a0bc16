"""The document of the API says what the API does: every route, every parameter, every field, both ways."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Route

from bot.web.api_document import document
from bot.web.api_server import DOCUMENT, api_app
from bot.web.api_table import ENDPOINTS
from tests.bot.web.api_kit import Caller
from tests.cast import QUAN, TOAN, Stage

PATHS = {
    "/plans": "/plans",
    "/plans/{id}": "/plans/1",
    "/plans/{id}/standing": "/plans/1/standing",
    "/units": "/units?limit=1",
    "/assignments": "/assignments",
    "/assignments/{id}": "/assignments/1",
    "/progress": "/progress",
    "/nudges": "/nudges?from=2026-06-01&to=2026-06-30",
}
"""An address of each path, for which there is something to tell."""


def schema_of(told: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that can be checked by itself."""
    return {**reference, "components": told["components"]}


def fields(told: dict[str, Any], schema: dict[str, Any], where: str = "") -> Iterator[str]:
    """Yield the names of all fields of a schema, "items.text"."""
    if "$ref" in schema:
        schema = told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for name, field in schema.get("properties", {}).items():
        yield f"{where}{name}"
        yield from fields(told, field, f"{where}{name}.")
    for inner in [schema["items"]] if "items" in schema else schema.get("anyOf", ()):
        yield from fields(told, inner, where)


def names(value: Any, where: str = "") -> Iterator[str]:
    """Yield the names of all fields of an answer, as `fields` does."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{where}{name}"
            yield from names(inner, f"{where}{name}.")
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner, where)


async def test_the_document_is_served_to_everybody_and_is_openapi_3_1(caller: Caller) -> None:
    served = await Caller(caller.client, caller.url).read(DOCUMENT)
    assert served == document()
    assert served["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(served).validate()


async def test_every_route_is_in_the_document_and_every_path_is_a_route(stage: Stage) -> None:
    app = api_app(stage.database, stage.rules, stage.clock.now, "vi")
    routes = {
        (route.path.replace(":int", ""), method.lower())
        for route in app.routes
        if isinstance(route, Route) and route.path != DOCUMENT
        for method in (route.methods or set()) - {"HEAD"}
    }
    paths = {(path, method) for path, methods in document()["paths"].items() for method in methods}
    assert routes == paths
    assert PATHS.keys() == {path for path, method in paths if method == "get"}


def test_every_parameter_is_in_the_document_and_every_one_in_it_is_taken() -> None:
    for endpoint in ENDPOINTS:
        told = document()["paths"][endpoint.path][endpoint.method.lower()]["parameters"]
        queried = {parameter["name"] for parameter in told if parameter["in"] == "query"}
        assert queried == {field.alias or name for name, field in endpoint.query.model_fields.items()}
        assert ("{id}" in endpoint.path) == any(parameter["in"] == "path" for parameter in told)


async def test_every_answer_has_the_fields_of_the_document_and_no_others(
    stage: Stage, caller: Caller
) -> None:
    await stage.talk((QUAN, "1.1 vướng, thiếu kinh phí", "Đã ghi"), (TOAN, "1 xong", "Đã ghi"))
    await stage.nudged("2026-06-10 08:00")
    told = await caller.read(DOCUMENT)
    for path, asked in PATHS.items():
        answer = await caller.read(asked)
        reference = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator(schema_of(told, reference)).validate(answer)
        assert set(names(answer)) == set(fields(told, reference)), path


async def test_every_problem_has_the_fields_of_the_document(caller: Caller) -> None:
    told = document()
    reference = told["paths"]["/plans"]["get"]["responses"]["default"]["content"]["application/problem+json"]
    validator = Draft202012Validator(schema_of(told, reference["schema"]))
    for path in ("/plans/99", "/plans?limit=0", "/khong-co"):
        answer = (await caller.ask(path)).json()
        validator.validate(answer)
        assert set(names(answer)) == set(fields(told, reference["schema"]))


async def test_every_answer_has_the_headers_of_the_document(caller: Caller) -> None:
    headers = document()["paths"]["/plans"]["get"]["responses"]["200"]["headers"]
    assert [name for name in headers if name not in (await caller.ask("/plans")).headers] == []
