"""The fields of the dossier, declared once."""
