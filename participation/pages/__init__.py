"""Pages of no single domain: home, legal, accessibility, health."""
