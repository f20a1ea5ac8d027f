"""What crosses the boundary between reading, fetching and storing: plain, frozen values."""
