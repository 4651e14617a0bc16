"""Print every measurement, or those that are named."""

import sys

from tests.bench import nudging, reading, writing

BENCHES = {"reading": reading.main, "nudging": nudging.main, "writing": writing.main}

if __name__ == "__main__":
    sys.exit(max([BENCHES[name]() for name in sys.argv[1:] or BENCHES]))
