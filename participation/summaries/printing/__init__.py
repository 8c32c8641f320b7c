"""What is carried away of a summary: printed pages, annex, spreadsheet, text to edit; all made by the worker.

Nothing here is imported by a page but `files`: the libraries weigh more than the rest of the product.
"""
