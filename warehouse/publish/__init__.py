"""The tables of schema mart, written from intermediate views."""
