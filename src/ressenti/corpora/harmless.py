"""Text from a file, fit to be shown: nothing in it commands the terminal."""

from __future__ import annotations

import re

from ressenti.cells import guard

# Line ends of every kind are line ends; tabs and the like are blanks.
_CHARS: dict[int, int | str] = {0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0x0B: " ", 0x0C: " ", 0x09: " ", 0x0D: "\n"}
# What would move the cursor, change colours or set a title is shown by the sign that Unicode has for it.
_CHARS |= {code: 0x2400 + code for code in range(0x20) if code not in (*_CHARS, 0x0A)}
_CHARS |= {0x7F: 0x2421} | {code: 0xFFFD for code in range(0x80, 0xA0) if code != 0x85}
# What would turn the direction of writing shows other words than those that stand there.
_CHARS |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
_ANY = re.compile("[" + "".join(map(chr, _CHARS)) + "]")
# Valid in JSON as they are, but they end a line for some readers or command a terminal.
_ODD_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029]")


def harmless(text: str) -> str:
    """The same number of characters, without control characters and marks of direction; line ends become line feeds."""
    if not _ANY.search(text):
        return text
    return text.replace("\r\n", " \n").translate(_CHARS)


def one_line(text: str) -> str:
    """As :func:`harmless`, on one line, each run of blanks a single one."""
    return re.sub(r"[ \n]+", " ", harmless(text)).strip(" ")


def json_escaped(json: str) -> str:
    """JSON with escapes for what is allowed in it, but ends a line for some readers or commands a terminal."""
    return _ODD_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def cell(value: str) -> str:
    """As :func:`one_line`, as a cell that no spreadsheet takes for a formula: not where blanks stand before the formula, either."""
    line = one_line(value)
    return guard(line) + line
