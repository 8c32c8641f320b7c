"""Settings, read from the environment; every name is described in docs/running.md."""

import os
from pathlib import Path
from typing import ClassVar

ONE_MEGABYTE = 1024 * 1024
DEVELOPMENT_KEY = "development-only-key-change-me"


class Config:
    """What every installation shares; the environment has the last word."""

    def __init__(self) -> None:
        env = os.environ
        self.DATA_DIR = Path(env.get("DATA_DIR", "instance")).resolve()
        self.SECRET_KEY = env.get("SECRET_KEY", DEVELOPMENT_KEY)
        self.SQLALCHEMY_DATABASE_URI = (
            env.get("DATABASE_URL") or f"sqlite:///{self.DATA_DIR / 'participation.db'}"
        )
        self.PUBLIC_URL = env.get("PUBLIC_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}").rstrip("/")
        self.SESSION_COOKIE_SECURE = self.PUBLIC_URL.startswith("https://")
        self.DEMO = env.get("DEMO", "") == "1"
        self.DEFAULT_TIMEZONE = env.get("DEFAULT_TIMEZONE", "Europe/Paris")

        # Pages are kept this long in each process; browsers may keep those of visitors a minute.
        self.PAGE_CACHE_SECONDS = float(env.get("PAGE_CACHE_SECONDS", "5"))

        self.SMTP_HOST = env.get("SMTP_HOST", "")
        self.SMTP_PORT = int(env.get("SMTP_PORT", "587"))
        self.SMTP_USER = env.get("SMTP_USER", "")
        self.SMTP_PASSWORD = env.get("SMTP_PASSWORD", "")
        self.SMTP_STARTTLS = env.get("SMTP_STARTTLS", "1") == "1"
        self.MAIL_FROM = env.get("MAIL_FROM", "participation@localhost.example")
        # An address that somebody reads, for mail programs that unsubscribe by mail; none is fine.
        self.UNSUBSCRIBE_MAILBOX = env.get("UNSUBSCRIBE_MAILBOX", "")

        # How many proxies of ours stand before the pages: what a client says of its address is not read.
        self.TRUSTED_PROXIES = int(env.get("TRUSTED_PROXIES", "0"))

        # Forms recorded within an hour: of one person, as links to one mailbox, of one network, in all.
        self.FORMS_PER_PERSON = int(env.get("FORMS_PER_PERSON", "90"))
        self.MAILS_PER_MAILBOX = int(env.get("MAILS_PER_MAILBOX", "20"))
        self.FORMS_PER_NETWORK = int(env.get("FORMS_PER_NETWORK", "400"))
        self.FORMS_IN_TOTAL = int(env.get("FORMS_IN_TOTAL", "20000"))

        self.HUEY_FILE = str(self.DATA_DIR / "jobs.db")
        self.JOBS_IMMEDIATE = False
        # Off for load tests only: from one machine they look like a flood.
        self.RATELIMIT_ENABLED = env.get("RATELIMIT_ENABLED", "1") == "1"

    # A failed statement is logged without its values: they may be a resident's words or address.
    SQLALCHEMY_ENGINE_OPTIONS: ClassVar[dict[str, object]] = {"hide_parameters": True}

    # A refused body up to this size shows its text back; above, 413 without reading it.
    MAX_CONTENT_LENGTH = ONE_MEGABYTE + 64 * 1024
    MAX_FORM_MEMORY_SIZE = ONE_MEGABYTE + 64 * 1024
    MAX_FORM_PARTS = 2000

    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_NAME = "participation"
    # The form's own check answers 422 with the text kept; a global 400 would lose it.
    WTF_CSRF_CHECK_DEFAULT = False
    WTF_CSRF_TIME_LIMIT = None
    COMPRESS_STREAMS = False
    COMPRESS_MIMETYPES = (
        "text/html",
        "text/css",
        "application/json",
        "application/ld+json",
        "application/schema+json",
        "application/atom+xml",
        "text/csv",
    )
    SEND_FILE_MAX_AGE_DEFAULT = 86400
    BABEL_DEFAULT_LOCALE = "fr"


class TestingConfig(Config):
    """For the suite: its own folder and database, jobs run in place, no limit on rates."""

    __test__ = False

    def __init__(self, data_dir: Path, database_url: str) -> None:
        super().__init__()
        self.TESTING = True
        self.DATA_DIR = data_dir
        self.SQLALCHEMY_DATABASE_URI = database_url
        self.SECRET_KEY = "testing-only-key"
        self.PUBLIC_URL = "http://participation.example"
        self.HUEY_FILE = str(data_dir / "jobs.db")
        self.JOBS_IMMEDIATE = True
        self.PAGE_CACHE_SECONDS = 0.0
        self.RATELIMIT_ENABLED = False
        self.SMTP_HOST = ""
