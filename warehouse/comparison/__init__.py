"""What the comparison views answer, as typed rows: peers side by side, years side by side.

`choices` holds what was asked for against what there is, `queries` fetches, `files` writes CSV and JSON;
`rows` and `shown` need no database.
"""
