"""What a browser would post, read off the page."""

import re

ESTIMATE = "/projects/harbour/estimates/1"


def form_of(client, path=ESTIMATE, **changes):
    """Return what an editor's form would post, with some of it typed anew: `line__1__what`."""
    page = client.get(path).text
    form = page[page.index('<form class="editor"') :]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_off = attributes.get("type") in ("checkbox", "radio") and " checked" not in tag
        if "name" in attributes and not is_off:
            fields.setdefault(attributes["name"], []).append(attributes.get("value", ""))
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        fields[name] = re.findall(r'selected value="([^"]+)"', inner)
    texts = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*(.*?)</textarea>', form, re.DOTALL)
    typed = {name.replace("__", "-"): value for name, value in changes.items()}
    return fields | dict(texts) | typed
