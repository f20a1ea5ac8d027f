"""Fills and refreshes the tables of schema mart from the intermediate views."""
