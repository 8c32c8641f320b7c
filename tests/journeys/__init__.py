"""What people do from page to page, in a real browser before a real server."""
