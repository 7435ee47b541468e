"""The child: puts up its walls, does one piece of work, says how far it is, answers.

It is run as a file, not as a part of the portal: loading the portal takes a second and holds the
rights that the child must not have. A request comes as one line of JSON, answers go as such lines.
"""

import importlib
import json
import os
import sys
import threading
from pathlib import Path
from types import ModuleType

TOOLS = {
    "judge": "judge",
    "picture": "pictures",
    "pages": "pages",
    "clip": "clips",
    "site": "archives",
    "difference": "differences",
    "seal": "sealed",
    "paper": "papers",
    "key": "keys",
    "stamp": "stamps",
    "receipt": "receipts",
    "record": "records",
    "table": "tables",
}


def main():
    _make_room()
    out, request = _own_output(), json.loads(sys.stdin.readline())
    seal = importlib.import_module("portal.workshop.seal")
    seal.close_off(request["limits"], request["readable"], [request["into"]])
    seal.die_without(request["parent"])
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _say(out, result=_work(request, lambda done, total: _say(out, done=done, total=total)))
    except _unusable() as refusal:
        _say(out, refused=refusal.message)


def _make_room():
    """Let `portal.workshop` be imported without running what loads the whole portal."""
    package = ModuleType("portal")
    package.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules["portal"] = package


def _own_output():
    """Return the pipe to the parent; whatever a library prints goes where errors go."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _say(out, **words):
    out.write(json.dumps(words) + "\n")
    out.flush()


def _end_with_parent():
    """Wait for the end of our input: the parent is gone, or wants us to be."""
    while os.read(0, 1):
        pass
    os._exit(1)


def _work(request, tell):
    tool = importlib.import_module(f"portal.workshop.{TOOLS[request['tool']]}")
    facts = {name: Path(one) for name, one in request["facts"].items()}
    try:
        return tool.work(Path(request["path"]), Path(request["into"]), tell, **facts)
    except MemoryError:
        # Python noticed before the system did; to the parent it is the same end.
        os.abort()


def _unusable():
    return importlib.import_module("portal.storage.limits").Unusable


if __name__ == "__main__":
    main()
