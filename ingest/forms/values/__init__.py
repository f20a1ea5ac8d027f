"""Numbers, quantities of targets, and whether a target was met."""
