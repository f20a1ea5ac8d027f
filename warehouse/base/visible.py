"""Text of files, addresses and documents as it may reach a terminal, a log or a page.

Control characters there would move the cursor, change colours or begin a line that looks like one of ours;
bidirectional marks would show a text in another order than it has; half of a surrogate pair cannot be written.
"""

import re

_BREAKS = "\t-\r\x85\u2028\u2029"  # tab, line and page breaks
_OTHERS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_NOT_SEEN = re.compile(f"[{_BREAKS}{_OTHERS}]")
_BREAK = re.compile(f"[{_BREAKS}]")


def visible(text: str) -> str:
    """Text for one line: a tab or line break becomes a blank, another character that is not seen becomes �."""
    return _NOT_SEEN.sub(lambda found: " " if _BREAK.match(found[0]) else "\ufffd", text)


def visible_lines(text: str) -> str:
    """Text of several lines, whose ends (a line feed, before it a carriage return or not) are ours."""
    return "\n".join(f"{visible(line[:-1])}\r" if line.endswith("\r") else visible(line) for line in text.split("\n"))
