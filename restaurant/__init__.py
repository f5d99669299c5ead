"""Tables, courses and the kitchen. Nothing is sold at tables yet; the floor comes with its own rooms."""
