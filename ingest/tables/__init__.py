"""From raw tables to rows: which standard table each is part of, its unit, and the rows of its shape."""
