"""What one of several programs on a database does: nhacviec run --role."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

RoleName = Literal["all", "receive", "work", "web"]
NAMES: Final = get_args(RoleName)


@dataclass(frozen=True, slots=True)
class Role:
    """What a program does.

    receives  stores what messengers bring, or what they are asked for
    works     handles what was stored, and sends and sweeps where that is its duty
    shows     serves the pages and the API
    """

    name: RoleName
    receives: bool
    works: bool
    shows: bool


ALL: Final = Role("all", receives=True, works=True, shows=True)
ROLES: Final = {
    role.name: role
    for role in (
        ALL,
        Role("receive", receives=True, works=False, shows=False),
        Role("work", receives=False, works=True, shows=False),
        Role("web", receives=False, works=False, shows=True),
    )
}
