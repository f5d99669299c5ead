"""Lists from elsewhere: the file, what its columns mean, trying it, taking it in. What the rows are, an app declares (`kinds`)."""
