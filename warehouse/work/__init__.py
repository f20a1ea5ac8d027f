"""Tables that the nightly run reads and writes: sources, jobs, readings, runs, decisions."""
