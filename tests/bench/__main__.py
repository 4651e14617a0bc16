"""Print every measurement."""

import sys

from tests.bench import reading

if __name__ == "__main__":
    sys.exit(reading.main())
