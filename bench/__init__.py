"""How fast the pages are, as shares of what this machine allows at the same moment."""
