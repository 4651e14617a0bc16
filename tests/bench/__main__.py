"""Print every measurement, or those that are named."""

import sys

from tests.bench import nudging, reading, waking, writing

BENCHES = {"reading": reading.main, "nudging": nudging.main, "waking": waking.main, "writing": writing.main}

if __name__ == "__main__":
    sys.exit(max([BENCHES[name]() for name in sys.argv[1:] or BENCHES]))
