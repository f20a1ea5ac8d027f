"""A kind of document that only tests know, and documents of it: what a new kind needs is one folder of declarations."""
