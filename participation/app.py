"""The factory: the only module that knows all the others."""

from importlib import import_module

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import DEVELOPMENT_KEY, Config
from participation import cli
from participation.accounts import signing_in
from participation.collectivities import site
from participation.foundation import database, i18n, jobs
from participation.web import access, assets, errors, limits, maintenance, page_cache, security, templating
from participation.web.language import LanguagePrefix

# The site's table of contents: each module holds one blueprint.
PAGES = (
    "pages.views",
    "pages.health_views",
    "collectivities.views",
    "collectivities.manage_views",
    "collectivities.ai_charter.views",
    "collectivities.ai_charter.manage_views",
    "accounts.views",
    "accounts.addresses.views",
    "projects.views",
    "projects.manage_views",
    "importing.manage_views",
    "consultations.views",
    "consultations.manage_views",
    "consultations.verifying.views",
    "consultations.verifying.manage_views",
    "contributions.views",
    "contributions.manage_views",
    "contributions.paper.views",
    "contributions.paper.manage_views",
    "moderation.views",
    "moderation.manage_views",
    "vigilance.manage_views",
    "summaries.views",
    "summaries.manage_views",
    "decisions.views",
    "decisions.manage_views",
    "notifications.paper.manage_views",
    "notifications.views",
    "privacy.views",
    "privacy.manage_views",
    "demo.views",
)


def create_app(config: Config | None = None) -> Flask:
    """Composes the application from its settings."""
    app = Flask(__name__, static_folder="web/static")
    app.config.from_object(config or Config())
    _refuse_default_key_in_production(app)
    app.config["DATA_DIR"].mkdir(parents=True, exist_ok=True)
    # The token is checked by each form, which keeps what was typed.
    CSRFProtect(app)
    # First to answer and last to look at an answer: what it keeps is already compressed.
    page_cache.init_app(app)
    Compress(app)
    # Before `site`, which asks the database first: during a maintenance there may be none.
    for part in (database, i18n, templating, security, access, errors, limits, maintenance):
        part.init_app(app)
    for part in (signing_in, site, jobs, cli):
        part.init_app(app)
    app.register_blueprint(assets.blueprint)
    for name in PAGES:
        app.register_blueprint(import_module(f"participation.{name}").blueprint)
    import_module("participation.mails")
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign, assignment]
    _believe_proxies(app)
    database.forget_connections(app)
    return app


def _believe_proxies(app: Flask) -> None:
    """Takes address and scheme from as many proxies as are configured; what a client says itself is void."""
    trusted = app.config["TRUSTED_PROXIES"]
    if trusted:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=0, x_port=0, x_prefix=0
        )


def _refuse_default_key_in_production(app: Flask) -> None:
    if app.config["SECRET_KEY"] == DEVELOPMENT_KEY and not (app.config["DEMO"] or app.debug or app.testing):
        raise RuntimeError("Set SECRET_KEY: the default one is known to everybody.")
