"""The blueprint of the public pages."""

from flask import Blueprint

blueprint = Blueprint("projects", __name__)
