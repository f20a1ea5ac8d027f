"""Forms whose cells phantom borders have cut in two: what nothing in the form proves stays blank."""
