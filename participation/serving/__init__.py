"""Starts the web server and the job worker: both together for one machine, or each alone in production.

python -m participation.serving --demo     everything, with the demo town when the database is empty
flask --app participation.app serve        the pages alone
flask --app participation.app work         the worker alone
"""
