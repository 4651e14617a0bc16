"""Patterns that are compiled before anybody writes."""

import re

import pytest

from domain.updates.loose import compile_all, loose


def test_nothing_is_compiled_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    later = loose("một mẫu của bài thử")
    compile_all()
    with monkeypatch.context() as patched:
        patched.setattr(re, "compile", lambda source: pytest.fail(f"{source} is compiled only now"))
        assert later.search("mot mau cua bai thu")
