"""Which column of its header a cell belongs to: by its place where that is exact, else by its meaning."""
