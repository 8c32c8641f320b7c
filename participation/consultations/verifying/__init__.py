"""Being seen once at a desk by an agent, who keeps no copy and no number: what `verified` means."""
