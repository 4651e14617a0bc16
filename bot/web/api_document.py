"""The document of the API in the form of OpenAPI 3.1, made from its table and its models."""

import inspect
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bot.web.api_bodies import LONGEST_KEY
from bot.web.api_models import ApiModel, ApiProblem
from bot.web.api_table import ENDPOINTS, Endpoint

_REF = "#/components/schemas/{model}"
_HEADERS = {
    "ETag": "Changes with the answer; `If-None-Match` with it gives 304 while nothing has changed.",
    "RateLimit-Limit": "Calls of this token within a minute.",
    "RateLimit-Remaining": "How many of them are left.",
}


_UNCHANGED = "Nothing has changed since the ETag that was sent."
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Names the call: the same call again is done once. Another call needs another key.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}


def document() -> dict[str, Any]:
    """Return the document."""
    models: list[type[ApiModel]] = [ApiProblem, *dict.fromkeys(endpoint.model for endpoint in ENDPOINTS)]
    bodies = dict.fromkeys(endpoint.body for endpoint in ENDPOINTS if endpoint.body)
    pairs: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((model, "serialization") for model in models),
        *((body, "validation") for body in bodies),
    ]
    _, schemas = models_json_schema(pairs, ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nhắc Việc",
            "version": "1",
            "description": "Plans, what units owe and report, where that stands, who was nudged.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {endpoint.path: {endpoint.method.lower(): _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas["$defs"],
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "operationId": endpoint.name,
        "summary": inspect.getdoc(endpoint.answer),
        "parameters": [
            *_path_parameters(endpoint),
            *_query_parameters(endpoint.query),
            *([_KEY] if endpoint.body else []),
        ],
        **({"requestBody": _request_body(endpoint.body)} if endpoint.body else {}),
        "responses": {
            "200": {
                "description": inspect.getdoc(endpoint.model) or "",
                "headers": {
                    name: {"description": text, "schema": {"type": "string"}}
                    for name, text in _HEADERS.items()
                },
                "content": {"application/json": {"schema": _ref(endpoint.model)}},
            },
            **({} if endpoint.body else {"304": {"description": _UNCHANGED}}),
            "default": {
                "description": inspect.getdoc(ApiProblem) or "",
                "content": {"application/problem+json": {"schema": _ref(ApiProblem)}},
            },
        },
    }


def _ref(model: type[ApiModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _request_body(body: type[ApiModel]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": _ref(body)}}}


def _path_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    if "{id}" not in endpoint.path:
        return []
    return [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}]


def _query_parameters(query: type[ApiModel]) -> list[dict[str, Any]]:
    schema = query.model_json_schema(by_alias=True)
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": field.pop("description", ""),
            "schema": _as_sent(field),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def _as_sent(field: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter: what is left out stands for null, which nobody can send."""
    kinds = [kind for kind in field.get("anyOf", ()) if kind.get("type") != "null"]
    merged = {**field, **kinds[0]} if len(kinds) == 1 else field
    return {
        key: value
        for key, value in merged.items()
        if key not in ("title", "anyOf") and not (key == "default" and value is None)
    }
