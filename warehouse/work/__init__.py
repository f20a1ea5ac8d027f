"""What the nightly work writes down: sources, jobs, readings, runs, decisions."""
