"""What an operator takes from deploy/: each metric in it is one of the program's, and none is forgotten."""

import json
import re
from typing import Any

import pytest
import yaml

from bot.web.metrics import ProgramMetrics, Snapshot
from tests.house_map import ROOT

DEPLOY = ROOT / "deploy"
NAME = re.compile(r"nhacviec_[a-z_]+")
LABELS = {
    "nhacviec_updates_received_total": {"channel"},
    "nhacviec_answers_total": {"channel", "outcome"},
    "nhacviec_answer_seconds_bucket": {"channel", "le"},
    "nhacviec_send_seconds_bucket": {"channel", "result", "le"},
    "nhacviec_nudges_total": {"channel", "kind", "outcome"},
}


def told() -> set[str]:
    """The names of all samples that the program can tell."""
    metrics = ProgramMetrics()
    metrics.received("telegram", 1)
    metrics.answered("telegram", "sent", 0.1)
    metrics.sent("telegram", 0.1, taken=True)
    metrics.nudged("telegram", "daily", "sent")
    quota, signs = {"zalo:a": (3000, 1)}, {"poll": 1.0}
    snapshot = Snapshot(
        0,
        0.0,
        0,
        None,
        quota,
        {"telegram": True},
        signs,
        sound=True,
        backup_seconds=1.0,
        failing={"1": 2.0},
        duties={"send": True},
    )
    text = metrics.text(snapshot).decode()
    return {match for line in text.splitlines() if line[:1] != "#" for match in NAME.findall(line)[:1]}


def dashboard() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DEPLOY / "grafana" / "nhacviec.json").read_text(encoding="utf-8"))
    return loaded


def rules() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def queries() -> list[str]:
    panels = [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]
    return [*panels, *(str(rule["expr"]) for rule in rules())]


def family(name: str) -> str:
    return re.sub(r"_(bucket|count|sum)$", "", name)


def test_dashboard_and_alerts_ask_for_metrics_that_there_are() -> None:
    queried = {name for query in queries() for name in NAME.findall(query)}
    assert queried - told() == set()


def test_every_metric_is_shown_or_watched_and_told_of() -> None:
    families = {family(name) for name in told()}
    assert families - {family(name) for query in queries() for name in NAME.findall(query)} == set()
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert families == {family(name) for name in NAME.findall(readme)}


@pytest.mark.parametrize("query", queries())
def test_queries_ask_by_labels_that_there_are(query: str) -> None:
    for name, matchers in re.findall(r"(nhacviec_[a-z_]+)\{([^}]*)\}", query):
        labels = set(re.findall(r"(\w+)(?:=~|!~|!=|=)", matchers)) - {"job"}
        assert labels <= LABELS.get(name, {"channel", "sign", "webhook", "duty"}), query
    for by in re.findall(r"by \(([^)]*)\)", query):
        (name, *_) = NAME.findall(query)
        assert {label.strip() for label in by.split(",")} <= LABELS[name] | {"job"}, query
    assert query.count("(") == query.count(")")
    assert query.count("{") == query.count("}")


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    assert len({rule["alert"] for rule in rules()}) == len(rules()) > 0
    for rule in rules():
        assert rule["annotations"].keys() == {"summary", "do"}
        assert rule["labels"]["severity"] in ("warning", "critical")


def test_the_panels_of_the_dashboard_do_not_lie_over_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in dashboard()["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert all(x < 24 for x, _ in cells)
        taken |= cells


def test_the_scrape_job_asks_at_the_path_that_there_is() -> None:
    (job,) = yaml.safe_load((DEPLOY / "prometheus" / "scrape.yml").read_text(encoding="utf-8"))[
        "scrape_configs"
    ]
    assert job["metrics_path"] == "/metrics"
