"""Bringing a database up to date before anything is served."""

import time


def prepare(*, demo: bool) -> None:
    """Brings the tables up to date, and tells the demo town in an empty database."""
    from flask.cli import ScriptInfo
    from flask_migrate import upgrade

    # By its name: the application imports the commands, which import this module.
    app = ScriptInfo(app_import_path="participation.app:create_app").load_app()
    with app.app_context():
        upgrade()
    if demo:
        from participation.demo import build

        with app.app_context():
            empty, is_real = build.is_empty(), build.holds_a_real_collectivity()
        if is_real:
            raise SystemExit(
                "This database is not a demonstration: start it with `flask serve`, never the demo."
            )
        if empty:
            print("Building the demo town…", flush=True)
            began = time.monotonic()
            build.build_town(app)
            print(f"The demo town is built ({time.monotonic() - began:.0f} s).", flush=True)
