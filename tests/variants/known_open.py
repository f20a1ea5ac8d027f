"""Variants that are not read as they should be, and why: expected to fail; one that passes must leave the list."""

KNOWN_OPEN: dict[str, str] = {
    "rows-education_fee_column": "19 unaccounted",
    "rows-education_fee_column_in_text": "19 unaccounted",
    "mixed-no_line_below_head": "not read: 346 missing, 12 doubtful",
    "mixed-pairs_and_wrapped_names": "not read: 20 missing, 12 doubtful",
    "mixed-pairs_and_break_without_head": "not read: 20 missing, 12 doubtful",
}
