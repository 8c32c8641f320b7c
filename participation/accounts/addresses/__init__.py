"""The further addresses of somebody: proven by a link in their mail, so that they count once under all."""
