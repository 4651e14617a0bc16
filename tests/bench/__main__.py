"""Print every measurement, or those that are named."""

import sys

from tests.bench import accuracy, dashboard, files, load, nudging, reading, scale, status, waking, writing

BENCHES = {
    "reading": accuracy.main,
    "cost": reading.main,
    "files": files.main,
    "nudging": nudging.main,
    "waking": waking.main,
    "writing": writing.main,
    "status": status.main,
    "dashboard": dashboard.main,
    "load": load.main,
    "scale": scale.main,
}

if __name__ == "__main__":
    sys.exit(max([BENCHES[name]() for name in sys.argv[1:] or BENCHES]))
