"""AI projects: their dossier, open points, versions and stage."""
