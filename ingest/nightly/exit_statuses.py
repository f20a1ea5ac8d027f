"""The exit statuses of `juesuan nightly`; docs/nightly.md says what to do about each."""

OK, SOME_FAILED, ANOTHER_NIGHT, NOT_IN_ORDER, MACHINE_FAILED, NIGHT_TOO_LONG = 0, 1, 3, 4, 5, 6
