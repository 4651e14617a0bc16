"""Whether a picture in an office file is so large that it may show a table of what is to be done."""

EMU_PER_CM = 360_000
"""So many of the units in which office files tell sizes are a centimetre."""
LEAST_WIDE, LEAST_HIGH = 9.0, 4.0
"""In centimetres: a signature with its seal is smaller."""


def is_large(wide: float = LEAST_WIDE, high: float = LEAST_HIGH) -> bool:
    """Tell whether a picture of so many centimetres is to be asked about; one of unknown size is."""
    return wide >= LEAST_WIDE and high >= LEAST_HIGH
