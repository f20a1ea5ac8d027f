"""Variants that are not read as they should be, and why: expected to fail; one that passes must leave the list."""

KNOWN_OPEN: dict[str, str] = {
    "marks-decimal_middle_dot": "the mend of the decimal mark is under way",
    "marks-decimal_ideographic_stop": "the mend of the decimal mark is under way",
    "marks-full_width": "a number over two lines loses its second line",
}
