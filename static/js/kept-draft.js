// <kept-draft name="feedback tidelines"><form>…</form></kept-draft>
// Keeps what is typed and ticked on this device, for this reader, until it has been sent: neither a reload
// nor a closed tab, a lost line or a session that ended loses it. With data-stays the form is there again
// after the sending.
const PREFIX = `draft ${document.documentElement.dataset.reader} `, SENT = "sent draft"

const unsend = () => sessionStorage.removeItem(SENT)
const forget = (key) => localStorage.removeItem(key)

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.key = PREFIX + this.getAttribute("name")
    if (sessionStorage.getItem(SENT) === this.key) {
      // The form is here again: it was not taken, unless it stays and nothing is wrong in it.
      unsend()
      if ("stays" in this.dataset && !this.querySelector("[aria-invalid]")) forget(this.key)
    }
    this.restore()
    this.addEventListener("input", () => this.keep())
    this.addEventListener("submit", (event) => {
      // Held back by an element of the form, it will come again; by htmx, it is on its way.
      const isHeld = event.defaultPrevented && !event.target.hasAttribute("hx-post")
      if (!isHeld) sessionStorage.setItem(SENT, this.key)
    })
  }

  fields() {
    return [...this.querySelectorAll("textarea, input[type=radio], input[type=checkbox], input[type=text]")]
  }

  keep() {
    const typed = this.fields().map((field) => [field.name, field.value, field.checked ?? null])
    localStorage.setItem(this.key, JSON.stringify(typed))
    // Whatever was sent before did not arrive.
    unsend()
  }

  restore() {
    const typed = JSON.parse(localStorage.getItem(this.key) || "[]")
    for (const field of this.fields()) {
      const isText = field.type.startsWith("text")
      const kept = typed.find(([name, value]) => name === field.name && (isText || value === field.value))
      if (kept && isText) field.value ||= kept[1]
      else if (kept) field.checked = kept[2]
    }
  }
}

customElements.define("kept-draft", KeptDraft)

// Another page came after the sending. If it greets the reader and refuses nothing, it was taken.
addEventListener("DOMContentLoaded", () => {
  const sent = sessionStorage.getItem(SENT)
  unsend()
  if (sent && document.querySelector(".me") && !document.getElementById("refusal")) forget(sent)
})

// The sending was refused, and the form stays as it was.
document.addEventListener("htmx:response:error", unsend)
