"""Variants that are not read as they should be, and why: expected to fail; one that passes must leave the list."""

KNOWN_OPEN: dict[str, str] = {
    "marks-beside_note_before": "1 wrong as printed; 1 unaccounted",
    "marks-negative_own_money": "2 false broken",
    "rows-education_fee_column": "19 unaccounted",
    "rows-education_fee_column_in_text": "19 unaccounted",
    "rows-blanks_dropped": "1 wrong as printed",
    "encodings-pandas_index": "12 wrong as printed; 10 false broken; 1 unaccounted",
}
