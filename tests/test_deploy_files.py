"""The image, the composition, the service and the web server in deploy/, as far as a machine can try them."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.settings import known_names, load_settings
from tests.house_map import ROOT
from tests.postgres_server import programs

DEPLOY = ROOT / "deploy"
VARIABLE = re.compile(r"NHACVIEC_[A-Z_]+")
UNIT = (DEPLOY / "nhacviec.service").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
TOKEN = "123456:a-very-secret-token"
EXPOSURE = 2.0
"""What `systemd-analyze security` may say at most, from 0 to 10."""


def composition() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def services() -> dict[str, dict[str, Any]]:
    return dict(composition()["services"])


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        shutil.which(program) is None, reason=f"NOT TRIED: {program} is not installed here"
    )


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments, lines joined, comments gone."""
    lines = re.sub(r"(?m)^#.*\n", "", DOCKERFILE).replace("\\\n", "")
    pairs = (line.partition(" ") for line in lines.splitlines() if line.strip())
    return [(name, rest.strip()) for name, _, rest in pairs]


def arguments(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


# ---- all of them


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", "nhacviec.service", "install", "new-secrets"])
def test_each_variable_is_a_setting(file: str) -> None:
    named = set(VARIABLE.findall((DEPLOY / file).read_text(encoding="utf-8")))
    assert named - set(known_names()) == set()


@pytest.mark.parametrize("script", ["install", "new-secrets"])
def test_scripts_can_be_run_and_parsed(script: str) -> None:
    assert os.access(DEPLOY / script, os.X_OK)
    subprocess.run(["bash", "-n", str(DEPLOY / script)], check=True)


# ---- the image


def test_the_image_has_every_package_and_none_but_those() -> None:
    copied = {rest.split()[0] for rest in arguments("COPY") if "=" not in rest} - {"requirements.txt"}
    packages = {folder.parent.name for folder in ROOT.glob("*/__init__.py")} - {"tests"}
    assert copied == packages
    allowed = set(re.findall(r"(?m)^!(\S+)$", (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8")))
    assert allowed == packages | {"requirements.txt"}


def test_the_image_runs_a_program_that_is_there_as_a_user_that_it_makes() -> None:
    assert arguments("ENTRYPOINT") == ['["python", "-m", "bot"]']
    assert arguments("CMD") == ['["run"]']
    (user,) = arguments("USER")
    assert any(rest.startswith("useradd ") and f" {user} " in rest for rest in arguments("RUN"))
    names = [name for name, _ in instructions()]
    assert names.index("USER") > max(place for place, name in enumerate(names) if name in ("RUN", "COPY"))


def test_the_image_installs_what_the_readme_asks_for() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (chosen,) = (rest for rest in arguments("RUN") if "apt-get" in rest)
    for packages in re.findall(r'set -- "\$@" ([^;]+);', chosen):
        assert f"apt install {packages}`" in readme
    assert {rest for rest in arguments("ARG") if "PYTHON" not in rest} == {"OFFICE=no", "SCANS=no"}


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server that answers /healthz with a status, and anything else with 404; its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("status", "well"), [(200, True), (503, False)])
def test_the_image_asks_whether_the_program_is_well(status: int, well: bool) -> None:
    (check,) = arguments("HEALTHCHECK")
    python, dash, program = yaml.safe_load(check.partition("CMD ")[2])
    assert (python, dash) == ("python", "-c")
    with answering(status) as port:
        environment = {**os.environ, "NHACVIEC_HEALTH_PORT": str(port)}
        tried = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    assert (tried.returncode == 0) is well


@needs("docker")
def test_the_image_is_built_where_a_builder_runs() -> None:
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode != 0:
        pytest.skip("NOT TRIED: docker is installed, but no daemon runs: the image was not built")
    build = ["docker", "build", "-f", "deploy/Dockerfile", "-t", "nhacviec-test", "."]
    subprocess.run(build, cwd=ROOT, check=True)
    run = ["docker", "run", "--rm", "--read-only", "--cap-drop", "ALL", "--tmpfs", "/tmp"]  # noqa: S108
    subprocess.run([*run, "nhacviec-test", "--help"], check=True)


# ---- the composition


@pytest.mark.parametrize("name", ["bot", "database", "web"])
def test_each_container_has_no_more_rights_than_it_needs(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "web" else [])
    assert "privileged" not in service


def test_only_the_web_server_is_seen_from_outside() -> None:
    assert {name for name, service in services().items() if "ports" in service} == {"web"}
    networks = composition()["networks"]
    assert [name for name in services()["database"]["networks"] if not networks[name].get("internal")] == []


def test_secrets_come_as_files_that_the_script_makes(tmp_path: Path) -> None:
    made = run_new_secrets(tmp_path, TOKEN)
    assert made.returncode == 0
    for name, secret in composition()["secrets"].items():
        assert (tmp_path / secret["file"]).is_file()
        users = [service for service in services().values() if name in service.get("secrets", [])]
        assert [service for service in users if f"/run/secrets/{name}" in service["environment"].values()]


def test_the_program_reads_what_the_composition_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_new_secrets(tmp_path, TOKEN)
    monkeypatch.chdir(tmp_path)
    for name in known_names():
        monkeypatch.delenv(name, raising=False)
    for name, value in services()["bot"]["environment"].items():
        value = re.sub(r"\$\{DOMAIN[^}]*\}", "tinh.example", value)
        value = re.sub(r"\$\{\w+:-(\w+)\}", r"\1", value)
        monkeypatch.setenv(name, value.replace("/run/secrets", str(tmp_path / "secrets")))
    settings = load_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.database_name == "database/nhacviec"
    assert settings.webhook_base == "https://tinh.example"
    (front,) = composition()["networks"]["front"]["ipam"]["config"]
    assert settings.web_proxies == front["subnet"]


def run_new_secrets(folder: Path, token: str) -> "subprocess.CompletedProcess[str]":
    shutil.copy(DEPLOY / "new-secrets", folder)
    return subprocess.run(
        ["bash", str(folder / "new-secrets"), "tinh.example"],
        input=f"{token}\n",
        capture_output=True,
        text=True,
        check=False,
    )


def test_new_secrets_are_the_owners_and_never_overwritten(tmp_path: Path) -> None:
    run_new_secrets(tmp_path, TOKEN)
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    password = (tmp_path / "secrets" / "database_password").read_text("utf-8")
    assert len(password.strip()) == 48
    assert password.strip() in (tmp_path / "secrets" / "database_url").read_text("utf-8")
    again = run_new_secrets(tmp_path, TOKEN)
    assert again.returncode == 1
    assert "nothing was changed" in again.stderr
    assert (tmp_path / "secrets" / "database_password").read_text("utf-8") == password


def test_what_is_no_token_makes_nothing(tmp_path: Path) -> None:
    assert run_new_secrets(tmp_path, "abc").returncode == 1
    assert not (tmp_path / "secrets").exists()


def test_secrets_are_kept_out_of_the_history() -> None:
    for name in ("deploy/secrets/telegram_token", "deploy/.env"):
        assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False).returncode == 0


@pytest.mark.skipif(programs() is None, reason="NOT TRIED: no PostgreSQL is installed here")
def test_the_database_is_made_with_options_that_there_are() -> None:
    options = services()["database"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert "--lc-collate=C" in options
    folder = programs()
    assert folder is not None
    tells = subprocess.run([str(folder / "initdb"), "--help"], capture_output=True, text=True, check=True)
    assert [option for option in options if option.partition("=")[0] not in tells.stdout] == []


# ---- the web server


def test_signs_of_life_and_figures_are_not_shown_outside() -> None:
    caddyfile = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "path /healthz /readyz /metrics" in caddyfile
    assert f"reverse_proxy bot:{services()['bot']['environment']['NHACVIEC_WEB_PORT']}" in caddyfile


@needs("caddy")
def test_the_web_server_takes_its_file() -> None:
    environment = {**os.environ, "DOMAIN": "tinh.example"}
    check = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    subprocess.run(check, env=environment, check=True, capture_output=True)


# ---- the service


def test_the_installer_puts_the_service_where_it_runs() -> None:
    installer = (DEPLOY / "install").read_text(encoding="utf-8")
    (home,) = re.findall(r"(?m)^home=(\S+)$", installer)
    (data,) = re.findall(r"(?m)^data=(\S+)$", installer)
    assert f"ExecStart={home}/.venv/bin/python -m bot run\n" in UNIT
    assert f"WorkingDirectory={data}\n" in UNIT
    assert f"StateDirectory={Path(data).name}\n" in UNIT
    (folders,) = re.findall(r'"\$home"/\{([^}]+)\}', installer)
    assert {*folders.split(",")} == {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}


def test_the_operators_command_hands_every_word_on(tmp_path: Path) -> None:
    """It is run with programs of the same names that change no user and print what they were given."""
    text = (DEPLOY / "install").read_text(encoding="utf-8")
    (command,) = re.findall(r"(?ms)<<'COMMAND'\n(.*?)^COMMAND$", text)
    stand_ins = {"runuser": 'shift 3; exec "$@"', "python": 'printf "%s|" "$PYTHONPATH" "$@"'}
    for name, body in stand_ins.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    command = command.replace("/opt/nhacviec/.venv/bin/python", str(tmp_path / "python"))
    shell = ["sh", "-c", command, "nhacviec", "unit", "remove", "Sở Y tế"]
    path = f"{tmp_path}:{os.environ['PATH']}"
    prints = subprocess.run(
        shell, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )
    assert prints.stdout == "/opt/nhacviec|-m|bot|unit|remove|Sở Y tế|"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a Python that this machine has."""
    file = tmp_path / "nhacviec.service"
    file.write_text(UNIT.replace("/opt/nhacviec/.venv/bin/python", "/usr/bin/env"), encoding="utf-8")
    return file


@needs("systemd-analyze")
def test_systemd_understands_the_service(unit: Path) -> None:
    check = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (check.returncode, check.stderr) == (0, "")


@needs("systemd-analyze")
def test_the_service_is_shut_in(unit: Path) -> None:
    check = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    tells = subprocess.run(check, capture_output=True, text=True, check=True).stdout
    (exposure,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", tells)
    assert float(exposure) <= EXPOSURE
