"""What the authority decided and what it answers to each theme."""
