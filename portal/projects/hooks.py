"""What rooms above do when a project changes. They register here, and are called in its transaction.

Listeners on the ledger only tell of facts; whoever has to change something of theirs hooks in here.
"""

_revised, _left = [], []


def on_revised(hook):
    """Follow what is saved without a fact: `hook(project, is_internal=)`. It may write its own rows."""
    _revised.append(hook)
    return hook


def on_left(hook):
    """Settle what somebody held who is off the project now, decides no longer, or is shut out.

    `hook(project)` finds what is held by people who are not there; the project is locked.
    """
    _left.append(hook)
    return hook


def revised(project, *, is_internal):
    for hook in _revised:
        hook(project, is_internal=is_internal)


def left(project):
    for hook in _left:
        hook(project)
