"""My data, leaving, and the addresses that staff looked at: calls every domain below."""
