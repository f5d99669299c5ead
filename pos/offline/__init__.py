"""What tills send and cache: the bodies of their operations, who judges them, and the rows they keep."""
