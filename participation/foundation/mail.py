"""Mails: queued by kind and ids in the transaction of the fact, written and sent by the worker."""

import hashlib
import hmac
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app, render_template

from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.foundation.i18n import DEFAULT_LANGUAGE, in_language
from participation.foundation.mail_lines import POLICY
from participation.foundation.references import contribution_reference

Composer = Callable[..., "Mail | None"]


@dataclass(frozen=True)
class Mail:
    """What is sent to one person: the first line of the template is the subject.

    `key` is what it tells (`digest:12`): sent again, the mail has the same Message-ID, by which mail programs
    and people recognise a repeat. `headers` are added to the usual ones.
    """

    to: str
    template: str
    language: str = DEFAULT_LANGUAGE
    context: dict[str, object] = field(default_factory=dict)
    key: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def composes(kind: str) -> Callable[[Composer], Composer]:
    """Declares the function that writes one kind of mail from ids; None: nothing is to be sent any more."""

    def declare(composer: Composer) -> Composer:
        @outbox.handles(f"mail.{kind}")
        def _compose_and_send(**ids: int | str) -> None:
            mail = composer(**ids)
            if mail is not None:
                send(mail if mail.key else replace(mail, key=_key(kind, ids)))

        return composer

    return declare


def queue_mail(kind: str, **ids: int | str) -> None:
    """Queues a mail in the present transaction; ids only, never an address, a text or a token."""
    outbox.queue(f"mail.{kind}", due_at=None, **ids)


def send(mail: Mail) -> None:
    """Renders a mail in its reader's language, with links under PUBLIC_URL, and hands it over.

    Commits what was done for it first: the secret of a link is known before somebody can follow it, and
    nobody waits for the database while a mail server takes its time.
    """
    message = written(mail)
    db.session.commit()
    if current_app.config["SMTP_HOST"]:
        _send_by_smtp(message)
    else:
        _write_to_folder(message)


def written(mail: Mail) -> EmailMessage:
    """Returns the message: subject from the template's first line, plain text from the rest."""
    prefix = "" if mail.language == DEFAULT_LANGUAGE else f"/{mail.language}"
    address = current_app.config["PUBLIC_URL"] + prefix
    # POST, so that the database does not take the work around the mail for a page that only reads.
    with (
        current_app.test_request_context(base_url=address, method="POST"),
        in_language(mail.language),
    ):
        words = render_template(mail.template, **mail.context)
    subject, _, body = words.lstrip().partition("\n")
    message = EmailMessage(policy=POLICY)
    message["Subject"] = " ".join(subject.split())
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = mail.to
    message["Date"] = formatdate(clock.now().timestamp())
    message["Message-ID"] = _message_id(mail)
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(body.strip() + "\n", cte="8bit")
    # After the content, which takes away every header about content.
    message["Content-Language"] = mail.language
    return message


def _key(kind: str, ids: dict[str, int | str]) -> str:
    return ":".join([kind, *(f"{name}={ids[name]}" for name in sorted(ids))])


def _message_id(mail: Mail) -> str:
    """Returns a name that is the same for the same mail of this installation, and tells nothing of it."""
    config = current_app.config
    domain = urlsplit(config["PUBLIC_URL"]).hostname or "participation.invalid"
    if not mail.key:
        return make_msgid(domain=domain)
    secret = str(config["SECRET_KEY"]).encode()
    digest = hmac.new(secret, f"{mail.key}\n{mail.to}".encode(), hashlib.sha256)
    return f"<{digest.hexdigest()[:40]}@{domain}>"


def _send_by_smtp(message: EmailMessage) -> None:
    config = current_app.config
    with smtplib.SMTP(config["SMTP_HOST"], config["SMTP_PORT"], timeout=30) as server:
        if config["SMTP_STARTTLS"]:
            server.starttls()
        if config["SMTP_USER"]:
            server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
        server.send_message(message)


def _write_to_folder(message: EmailMessage) -> None:
    folder = Path(current_app.config["DATA_DIR"]) / "mails"
    folder.mkdir(parents=True, exist_ok=True)
    # The moment puts them in order; two workers may write within the same one.
    name = f"{clock.now():%Y%m%dT%H%M%S%f}-{contribution_reference()}.eml"
    part = folder / f".{name}.part"
    part.write_bytes(message.as_bytes())
    part.rename(folder / name)
