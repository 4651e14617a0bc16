"""Making invite codes, as the command line and the sandbox do: see handlers.codes."""

from handlers.codes import Code, make_code

__all__ = ["Code", "make_code"]
