"""Countersign: the client portal for studios that make interactive work."""

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from portal import context, error_pages, freshness, headers, rooms, storage
from portal.access import guard, late, login
from portal.access.permissions import ANYONE
from portal.core import assets, db, filters, markdown, queue, web
from portal.mail import message
from portal.mail import views as mail_views
from portal.settings import ROOT, Settings
from portal.storage import views as content

FORM_BYTES = 256 * 1024  # A form is text; a route that takes files says so and allows more.


def create_app(settings=None):
    """Return the portal and its content origin as one WSGI application."""
    settings = settings or Settings.from_env()
    app = Flask("portal", template_folder=ROOT / "templates", static_folder=None)
    configure(app, settings)

    connect(settings)

    login.install(app)
    guard.install(app)
    CSRFProtect(app).exempt("portal.notices.views.create_stop")  # A mail program posts there.
    freshness.install(app)
    context.install(app)
    error_pages.install(app)
    headers.install(app)

    for blueprint in rooms.blueprints():
        app.register_blueprint(blueprint)
    app.register_blueprint(mail_views.mailbox(ANYONE))

    assets.install(app, assets.build(ROOT / "static", settings.data / "static"))
    app.wsgi_app = content.by_host(app.wsgi_app, content.content_app(settings), settings)
    return app


def connect(settings):
    """Open what the portal stands on: its database, its files, its queue and its mail."""
    db.open_(settings.database_url)
    storage.configure(settings)
    queue.install(settings)
    message.configure(settings)
    markdown.know_ours(settings.base_url)
    late.install(settings)


def configure(app, settings):
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=FORM_BYTES,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # A page kept open for an hour still posts.
        WTF_CSRF_SSL_STRICT=False,  # An invitation sends no referrer; the guard asks where from.
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.url_map.strict_slashes = False
    app.url_map.converters.update(web.CONVERTERS)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(filters.FILTERS)
