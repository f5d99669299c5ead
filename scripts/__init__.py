"""The workshop: set up, run, test and check. See the Makefile."""
