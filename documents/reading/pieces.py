"""A piece of what stands in a file: a paragraph, a cell, a header, a name of a sheet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of a file. `apart`: it is no part of the document's own text, but stands beside it."""

    text: str
    apart: bool = False
