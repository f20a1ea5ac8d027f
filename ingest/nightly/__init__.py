"""Work without a person: the queue's workers, and the night they work in."""
