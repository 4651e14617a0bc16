"""What an operator can get wrong: one line that names it, the right exit status, no traceback."""

import pytest

from tests.e2e.kit import PLAN, Office


def test_doctor_finds_everything_in_order(office: Office) -> None:
    told = office.does("doctor", "--json").json
    assert [finding["check"] for finding in told if finding["ok"]] == [
        "settings",
        "names",
        "database",
        "backup",
        "modes",
        "office",
        "ocr",
        "program",
        "telegram",
        "clock",
    ]


def test_doctor_says_what_to_do_where_the_server_is_silent_and_the_database_is_damaged(empty: Office) -> None:
    empty.database.write_bytes(b"this is no database " * 200)
    empty.api.goes_down()
    told = {finding["check"]: finding for finding in empty.does("doctor", "--json", status=1).json}
    assert (told["telegram"]["ok"], told["database"]["ok"]) == (False, False)
    assert "NHACVIEC_TELEGRAM_API_URL" in told["telegram"]["detail"]
    assert str(empty.database) in told["database"]["detail"]


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        ("run", "NHACVIEC_TELEGRAM_API_URL", "api.telegram.org"),
        ("run", "NHACVIEC_TELEGRAM_TOKEN", "not a token"),
        ("doctor", "NHACVIEC_TIMEZONE", "Asia/Ha_Khe"),
        ("doctor", "NHACVIEC_LANGUAGE", "fr"),
        ("status", "NHACVIEC_DATABASE_URL", "mysql://localhost/nhacviec"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_line_that_names_it(
    empty: Office, command: str, name: str, value: str
) -> None:
    empty.settings[name] = value
    (line,) = empty.does(command, status=1).err.splitlines()
    assert line.startswith(f"nhacviec: {name}")
    assert "not a token" not in line


def test_all_wrong_settings_are_told_at_once(empty: Office) -> None:
    empty.settings |= {"NHACVIEC_LANGUAGE": "fr", "NHACVIEC_TIMEZONE": "Mars"}
    (line,) = empty.does("status", status=1).err.splitlines()
    assert "NHACVIEC_LANGUAGE" in line
    assert "NHACVIEC_TIMEZONE" in line


def test_a_file_for_the_settings_is_read_beside_the_database(empty: Office) -> None:
    del empty.settings["NHACVIEC_LANGUAGE"]
    (empty.folder / ".env").write_text("NHACVIEC_LANGUAGE=xx\n", encoding="utf-8")
    (line,) = empty.does("status", status=1).err.splitlines()
    assert line.startswith("nhacviec: NHACVIEC_LANGUAGE")


def test_an_unknown_name_and_an_open_file_are_told_and_the_rest_goes_on(empty: Office) -> None:
    empty.settings["NHACVIEC_KEEP_DAY"] = "9"
    (empty.folder / ".env").write_text("FOO=1\n", encoding="utf-8")
    (empty.folder / ".env").chmod(0o644)
    details = {row["check"]: row["detail"] for row in empty.does("doctor", "--json", status=1).json}
    assert "Có phải NHACVIEC_KEEP_DAYS?" in details["names"]
    assert "FOO" in details["names"]
    assert ".env" in details["modes"]
    with empty.running("2026-06-01T09:00+07:00") as program:
        empty.waits_for(lambda: all(word in program.err for word in ("FOO", "chmod go=")), program)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fly",), "Không hiểu “fly”"),
        (("plan", "imprt", "x"), "gần nhất là import"),
        (("run", "--fast"), "Không có tùy chọn --fast"),
        (("plan", "import"), "Thiếu TỆP"),
        (("--speed", "0", "run"), "Giá trị của --speed chưa đúng"),
        (("demo", "--port", "x"), "Giá trị của --port chưa đúng"),
    ],
)
def test_wrong_usage_is_told_in_one_line_of_the_operators_language(
    empty: Office, words: tuple[str, ...], told: str
) -> None:
    (line,) = empty.does(*words, status=2).err.splitlines()
    assert told in line
    assert "--help" in line


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("NHACVIEC_HEALTH_PORT", "abc", "phải là một số nguyên"),
        ("NHACVIEC_KEEP_DAYS", "0", "phải từ 1 trở lên"),
        ("NHACVIEC_MOVE_DEADLINES", "jein", "phải là true hoặc false"),
        ("NHACVIEC_TIMEZONE", "Mars", "phải là tên múi giờ"),
    ],
)
def test_a_wrong_value_is_told_in_the_operators_language(
    empty: Office, name: str, value: str, told: str
) -> None:
    empty.settings[name] = value
    (line,) = empty.does("status", status=1).err.splitlines()
    assert line == f"nhacviec: {name}: {told}" or line.startswith(f"nhacviec: {name}: {told},")


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("run", "--fast"),
        ("plan", "import"),
        ("invite", "--role", "minister", "--all"),
        ("invite", "--role", "focal"),
        ("--speed", "0", "run"),
    ],
)
def test_wrong_usage_ends_with_status_2(empty: Office, words: tuple[str, ...]) -> None:
    ended = empty.does(*words, status=2)
    assert "Traceback" not in ended.err
    assert not empty.database.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "import", "no-such-file.txt"),
        ("invite", "--unit", "Sở Vũ trụ", "--role", "focal"),
        ("status", "--plan", "99"),
        ("summary", "--out", "tong-hop.exe"),
    ],
)
def test_what_cannot_be_done_ends_with_status_1_and_one_line(office: Office, words: tuple[str, ...]) -> None:
    (line,) = office.does(*words, status=1).err.splitlines()
    assert line.startswith("nhacviec: ")


@pytest.mark.parametrize("words", [("run",), ("unit", "list"), ("status",), ("doctor",)])
def test_a_folder_that_cannot_be_written_is_told_without_a_traceback(
    empty: Office, words: tuple[str, ...]
) -> None:
    (empty.folder / "file").touch()
    path = empty.folder / "file" / "nhacviec.db"
    empty.settings["NHACVIEC_DATABASE_URL"] = f"sqlite+aiosqlite:///{path}"
    ended = empty.does(*words, status=1)
    assert str(path) in ended.err + ended.out
    assert "Traceback" not in ended.err


def test_why_the_system_refuses_a_file_is_told_in_the_operators_language(office: Office) -> None:
    (line,) = office.does("summary", "--out", "khong-co/a.txt", status=1).err.splitlines()
    assert line.endswith("không có tệp hoặc thư mục này")


def test_a_bad_moment_is_told(empty: Office) -> None:
    (line,) = empty.does("plan", "import", PLAN, as_of="next week", status=1).err.splitlines()
    assert "--as-of" in line


def test_without_a_token_run_says_where_to_get_one_and_all_else_works(office: Office) -> None:
    del office.settings["NHACVIEC_TELEGRAM_TOKEN"]
    (line,) = office.does("run", status=1).err.splitlines()
    assert "NHACVIEC_TELEGRAM_TOKEN" in line
    assert office.does("status", "--json").json[0]["plan"] == "17/KH-UBND"
