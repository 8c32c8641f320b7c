"""The worker's entry: `huey_consumer participation.worker.huey`."""

from participation.app import create_app

app = create_app()
huey = app.extensions["huey"]
