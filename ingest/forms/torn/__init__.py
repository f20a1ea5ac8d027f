"""Forms that a converter has torn: it put phantom borders, which the page does not have, across their cells.

A border cuts a text in two, prints a character of it twice or loses one. What nothing else in the form proves stays
blank.
"""
