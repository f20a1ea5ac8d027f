"""A kind of document that is declared for tests only, and documents of it. They show that a new kind needs one folder
of declarations."""
