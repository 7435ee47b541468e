"""The tool that reads what somebody says is an export of a ledger, with the script we hand out."""

import runpy

from portal.storage.limits import Unusable

NO_EXPORT = "This zip is no export of a ledger. Choose the file as it was handed out."
SAID = 20  # Of each list: what is wrong in a thousand places is wrong.


def work(path, _into, tell, verifier):
    """Check the zip at `path` by the functions of the file `verifier`.

    Returns {"heads": {chain: {"seq", "hash"}}, "wrong": [words], "unchecked": [words]}. Raises
    Unusable for what is no export.
    """
    script = runpy.run_path(str(verifier))
    tell(0, 1)
    try:
        book = script["verify"](script["members_of"](path))
    except script["BROKEN"] as error:
        raise Unusable(NO_EXPORT) from error
    heads = {
        name: {"seq": len(hashes), "hash": hashes[-1]}
        for name, hashes in book.chains.items()
        if hashes
    }
    if not heads:
        raise Unusable(NO_EXPORT)
    return {"heads": heads, "wrong": book.wrong[:SAID], "unchecked": book.unchecked[:SAID]}
