"""Cells that a spreadsheet shows as text, whatever they begin with.

A cell that begins with a sign of a formula is run by a spreadsheet that opens the file, and may send
what is on the machine elsewhere (owasp.org, "CSV Injection"). An apostrophe before it makes it text.
"""

import re

_WOULD_RUN = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_WAS_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet might run it.

    One that only looks guarded gets an apostrophe more, so that `unguarded` gives back every text.
    """
    return f"'{cell}" if _WOULD_RUN.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that was guarded; another one as it is."""
    return cell[1:] if _WAS_GUARDED.match(cell) else cell
