"""Where a plan stands as pictures for a phone: units by duties, worst first, forty units to a page.

Colours are those of traffic lights, and each has a shape of its own, for whoever cannot tell red from green.
All words come from the caller.
"""

from documents.writing.board import Board, pages_of


def draw_status(board: Board) -> tuple[bytes, ...]:
    """Return the pages as PNG, 1080 pixels wide; one where there is nothing to show."""
    from documents.writing.drawing import draw_page  # Pillow is imported when the first picture is asked for

    return tuple(draw_page(page) for page in pages_of(board))
