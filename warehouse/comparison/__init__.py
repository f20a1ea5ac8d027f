"""Rows of the comparison views as typed values: peers of one year, and one department over the years.

`choices` checks what was asked for against the database, `queries` fetches rows, `files` writes CSV and JSON;
`rows` and `number_text` need no database.
"""
