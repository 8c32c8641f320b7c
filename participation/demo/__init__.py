"""An openly fictional town, told through the same actions as the pages."""
