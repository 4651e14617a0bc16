"""A script of faults: the same from the same seed, written down and read again, and made shorter."""

from pathlib import Path

from tests.faults.injections import FAULTS, faults_of
from tests.faults.script import DAYS, Injection, Script, by_chance, load, shortened

MADE = by_chance("postgresql", 7, faults_of("postgresql", mounts=True))


def test_a_seed_makes_one_script_with_faults_on_each_day() -> None:
    assert by_chance("postgresql", 7, faults_of("postgresql", mounts=True)) == MADE
    assert by_chance("postgresql", 8, faults_of("postgresql", mounts=True)) != MADE
    assert {each.day for each in MADE.injections} == set(range(len(DAYS)))
    assert {each.fault for each in MADE.injections} <= FAULTS.keys()


def test_a_file_has_no_server_that_fails() -> None:
    assert not {"database restarted", "database paused"} & {*faults_of("sqlite", mounts=True)}
    assert "disk full" not in faults_of("postgresql", mounts=False)


def test_what_was_written_down_is_read_again(tmp_path: Path) -> None:
    MADE.save(tmp_path / "script.json")
    assert load(tmp_path / "script.json") == MADE


def test_a_script_is_shortened_to_what_fails_together() -> None:
    names = ["SIGTERM", "kill -9", "SIGSTOP", "slow network", "clock jumps", "disk full", "429 storm"]
    script = Script("sqlite", 1, tuple(Injection(0, float(at), 1.0, name) for at, name in enumerate(names)))
    plays: list[Script] = []

    def fails(shorter: Script) -> bool:
        plays.append(shorter)
        return {"kill -9", "disk full"} <= {each.fault for each in shorter.injections}

    assert [each.fault for each in shortened(script, fails).injections] == ["kill -9", "disk full"]
    assert len(plays) < 30
