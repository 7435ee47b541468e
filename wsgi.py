"""The portal for a WSGI server of your own, as `wsgi:app`. Run `portal worker` beside it."""

from portal import create_app
from portal.core import db
from portal.ledger import promises

app = create_app()
with db.handle.obj.connection_context():
    promises.check_start()
