"""Names under which files are given on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common.file_names import ENDINGS, safe_name, safe_type

PDF, JPEG = "application/pdf", "image/jpeg"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("Báo cáo số 87.pdf", PDF, "Báo cáo số 87.pdf"),
        ("ANH.JPEG", JPEG, "ANH.JPEG"),
        ("bao-cao.pdf.exe", PDF, "bao-cao.pdf.exe.pdf"),
        ("../../etc/passwd", PDF, "etc passwd.pdf"),
        ("C:\\tam\\a.pdf", PDF, "C tam a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", PDF, "a Set-Cookie x.pdf"),
        ("\u202efdp.exe", PDF, "fdp.exe.pdf"),
        (".pdf", PDF, "tep.pdf"),
        ("", JPEG, "tep.jpg"),
        ("mau.docm", WORD, "mau.docm"),
        ("trang.html", "text/html", "trang.html.bin"),
    ],
)
def test_a_name_says_what_the_file_is_and_nothing_else(name: str, kind: str, safe: str) -> None:
    assert safe_name(name, kind) == safe


@given(name=st.text(), kind=st.sampled_from(sorted(ENDINGS)))
def test_every_name_can_be_saved(name: str, kind: str) -> None:
    safe = safe_name(name, kind)
    assert safe.rpartition(".")[2].lower() in ENDINGS[kind]
    assert safe.rpartition(".")[0]
    assert not set(safe) & set('/\\:*?"<>|\r\n\0')
    assert not safe.startswith((".", " "))
    assert len(safe) <= 126
    assert safe_name(safe, kind) == safe


def test_what_is_not_taken_is_given_on_as_mere_bytes() -> None:
    assert [safe_type(one) for one in (PDF, "text/html", "")] == [PDF, *["application/octet-stream"] * 2]
