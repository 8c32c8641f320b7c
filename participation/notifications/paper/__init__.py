"""Letters to people who took part without an e-mail address: printed by staff, each told once."""
