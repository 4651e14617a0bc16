"""Every page and refusal bears the strict policy, and nothing in a page would break it."""

import re

import httpx

PATHS = (
    *("/", "/cho-y-kien", "/ke-hoach", "/ke-hoach/1", "/don-vi", "/don-vi/1", "/bao-cao", "/so-don-doc"),
    *("/sau-ky", "/vao", "/vao?khoa=sai", "/trang/sai", "/lich/sai.ics", "/tep/sai", "/nowhere"),
    *("/api/v1/plans", "/api/v1/openapi.json"),
)
INLINE = re.compile(r"(?i)<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:")


async def test_each_answer_bears_the_strict_policy(browser: httpx.AsyncClient) -> None:
    statuses = {}
    for path in PATHS:
        answer = await browser.get(path)
        statuses[path] = answer.status_code
        policy = dict(
            rule.strip().partition(" ")[::2] for rule in answer.headers["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'", path
        assert policy["frame-ancestors"] == "'none'", path
        assert policy["base-uri"] == "'none'", path
        assert not re.search("unsafe|[*]|https?:|data:", answer.headers["Content-Security-Policy"]), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        if "html" in answer.headers.get("content-type", ""):
            assert INLINE.findall(answer.text) == [], path
    assert list(statuses.values()).count(200) >= 8, statuses
