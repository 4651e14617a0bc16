"""The version of the program, in this one place: packaging and the command line read it."""

from typing import Final

VERSION: Final = "0.1.0"
