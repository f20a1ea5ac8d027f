"""Unattended work: the workers of the queue, and the nightly run that starts them."""
