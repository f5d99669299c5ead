"""Lists of goods from elsewhere: which column is what, and what a row says. The way through a file is `smartpos.imports`."""
