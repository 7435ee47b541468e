"""Markdown as paragraphs of runs, read by the same rules as on the page it was shown on."""

from portal.core import markdown

_LOOKS = {"strong": "bold", "em": "italic", "s": "struck"}


def paragraphs(text):
    """Return [{"depth", "marker", "quoted", "runs": [{"text", "bold", "italic", "struck", "code"}]}, …].

    A marker is a list's: "•" or "2."; `depth` counts the lists around a paragraph.

    >>> [(p["marker"], p["runs"][0]["text"]) for p in paragraphs("Two things:\\n\\n- *one*\\n- two")]
    [('', 'Two things:'), ('•', 'one'), ('•', 'two')]
    """
    found, lists, quotes, marker = [], [], 0, ""
    for token in markdown.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append((token.attrGet("start") or 1) if token.tag == "ol" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            marker, lists[-1] = _count(lists[-1])
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        elif token.type == "inline":
            place = {"depth": len(lists), "marker": marker, "quoted": quotes > 0}
            found.append({**place, "runs": runs(token.children)})
            marker = ""
    return found


def runs(tokens):
    """Return the pieces of one paragraph, each with how it looks."""
    found, looks, urls = [], [], []
    for token in tokens:
        if token.type == "link_open":
            urls.append(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            found.append(_run(f" ({urls.pop()})", looks))  # Paper has no links to follow.
        elif token.nesting > 0:
            looks.append(_LOOKS.get(token.tag, ""))
        elif token.nesting < 0:
            looks.pop()
        elif token.type in ("softbreak", "hardbreak"):
            found.append(_run("\n", looks))
        elif token.content:
            is_code = token.type == "code_inline"
            found.append(_run(token.content, [*looks, "code"] if is_code else looks))
    return found


def _run(text, looks):
    return {"text": text, **{look: look in looks for look in ("bold", "italic", "struck", "code")}}


def _count(number):
    return ("•", None) if number is None else (f"{number}.", number + 1)
