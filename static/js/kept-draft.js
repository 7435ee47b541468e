// <kept-draft name="feedback tidelines"><form>…</form></kept-draft>
// Keeps what is typed and ticked in this tab until it has been sent: a reload loses nothing, nor does
// a part of the page that is drawn anew. With data-stays the form is there again after the sending.
const PREFIX = "draft ", SENT = "sent draft"

const forget = (...keys) => keys.forEach((key) => sessionStorage.removeItem(key))

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.key = PREFIX + this.getAttribute("name")
    if (sessionStorage.getItem(SENT) === this.key) {
      // The form is here again: it was not taken, unless it stays and nothing is wrong in it.
      forget(SENT)
      if ("stays" in this.dataset && !this.querySelector("[aria-invalid]")) forget(this.key)
    }
    this.restore()
    this.addEventListener("input", () => this.keep())
    this.addEventListener("submit", () => sessionStorage.setItem(SENT, this.key))
  }

  fields() {
    return [...this.querySelectorAll("textarea, input[type=radio], input[type=checkbox], input[type=text]")]
  }

  keep() {
    const typed = this.fields().map((field) => [field.name, field.value, field.checked ?? null])
    sessionStorage.setItem(this.key, JSON.stringify(typed))
    // Whatever was sent before did not arrive.
    forget(SENT)
  }

  restore() {
    const typed = JSON.parse(sessionStorage.getItem(this.key) || "[]")
    for (const field of this.fields()) {
      const isText = field.type.startsWith("text")
      const kept = typed.find(([name, value]) => name === field.name && (isText || value === field.value))
      if (kept && isText) field.value ||= kept[1]
      else if (kept) field.checked ||= kept[2]
    }
  }
}

customElements.define("kept-draft", KeptDraft)

// Another page came after the sending: it was taken, and the draft is done with.
addEventListener("DOMContentLoaded", () => {
  const sent = sessionStorage.getItem(SENT)
  if (sent) forget(sent, SENT)
})

// The sending was refused, and the form stays as it was.
document.addEventListener("htmx:response:error", () => forget(SENT))
