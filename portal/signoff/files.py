"""The files of answers over HTTP: those a form has brought, and those that were recorded."""

from functools import cached_property

from flask import current_app, g

from portal.signoff.deciding import attached
from portal.signoff.models import Decision, DecisionFile
from portal.storage.links import content_url
from portal.storage.models import Blob


def keep(form):
    """Return the files that this request brought or brings back, each kept once."""
    if "kept" not in g:
        before = attached.kept_before(current_app.secret_key, g.user, form.kept.data or [])
        g.kept = attached.keep(form.uploads, before)
    return g.kept


def tokens():
    """Return (file, token) for what is kept: the next form brings it along."""
    return [(one, one.token(current_app.secret_key, g.user)) for one in g.get("kept", [])]


def url(blob, name, project_id):
    """Return where this reader may open a file: on the content origin, never here."""
    settings = current_app.extensions["settings"]
    return content_url(settings, blob, name, session_id=g.session.id, project_id=project_id)


class Shown:
    """What a page of a sign-off shows of files; read once, and only if something was answered."""

    accept, most = attached.ACCEPT, attached.MOST

    def __init__(self, sign_off):
        self.sign_off = sign_off

    @cached_property
    def recorded(self):
        rows = (
            DecisionFile.select(DecisionFile, Blob).join(Blob).switch(DecisionFile).join(Decision)
        )
        found = {}
        for row in rows.where(Decision.sign_off == self.sign_off.id).order_by(DecisionFile.id):
            found.setdefault(row.decision_id, []).append(row)
        return found

    @property
    def kept(self):
        return tokens()

    def of(self, decision):
        return self.recorded.get(decision.id, [])

    def url(self, file):
        return url(file.blob, file.name, self.sign_off.project_id)
