"""What a summary says, section after section: page, printed pages and files are all made from it."""
