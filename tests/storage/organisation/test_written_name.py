"""Taking a name out of what is stored as JSON."""

import json

import pytest

from storage.organisation.written_name import blotted, unoffered


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Anh An duyệt.", "An", "Anh … duyệt."),
        ("An An, Văn An", "An", "… …, Văn …"),
        ("O&#39;Hà &lt;b&gt; và O'Hà", "O'Hà", "… &lt;b&gt; và …"),
        ("a\\b xong", "a\\b", "… xong"),
        ("Lò Văn Ngoạn", "Lò Văn Ngoạ", "Lò Văn Ngoạn"),
    ],
)
def test_a_name_goes_where_it_stands_as_words_of_its_own(text: str, name: str, left: str) -> None:
    written = json.dumps([{"text": text, "choices": [[{"label": text, "data": "x:1"}]]}])
    (message,) = json.loads(blotted(written, name))
    assert (message["text"], message["choices"][0][0]) == (left, {"label": left, "data": "x:1"})


def test_the_buttons_that_name_somebody_go() -> None:
    choices = json.dumps({"tran minh quan, so ngoai vu": "standin:2", "tran minh quanh": "standin:3"})
    assert json.loads(unoffered(choices, "Trần Minh Quân")) == {"tran minh quanh": "standin:3"}
