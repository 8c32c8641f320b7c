"""Public bodies and the staff roles held in them."""
