// <kept-draft name="feedback tidelines"><form>…</form></kept-draft>
// Keeps what is typed and ticked in this tab until it has been sent: a reload loses nothing, nor does
// a part of the page that is drawn anew. With data-stays the form is there again after the sending.
const PREFIX = "draft ", SENT = "sent draft"

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.key = PREFIX + this.getAttribute("name")
    if (sessionStorage.getItem(SENT) === this.key) this.settle()
    this.restore()
    this.addEventListener("input", () => this.keep())
    this.addEventListener("submit", ({ submitter }) => {
      if (!submitter?.hasAttribute("formaction")) sessionStorage.setItem(SENT, this.key)
    })
  }

  settle() { // The form is here again: it was not taken, unless it stays and says nothing against it.
    sessionStorage.removeItem(SENT)
    if ("stays" in this.dataset && !this.querySelector("[aria-invalid]")) sessionStorage.removeItem(this.key)
  }

  fields() {
    return [...this.querySelectorAll("textarea, input[type=radio], input[type=checkbox], input[type=text]")]
  }

  keep() {
    const typed = this.fields().map((field) => [field.name, field.value, field.checked ?? null])
    sessionStorage.setItem(this.key, JSON.stringify(typed))
    sessionStorage.removeItem(SENT) // Whatever was sent before did not arrive.
  }

  restore() {
    const typed = JSON.parse(sessionStorage.getItem(this.key) || "[]")
    for (const field of this.fields()) {
      const kept = typed.find(([name, value]) => name === field.name && (field.type === "textarea" || value === field.value))
      if (!kept) continue
      if (field.type === "textarea" || field.type === "text") field.value ||= kept[1]
      else field.checked ||= kept[2]
    }
  }
}

customElements.define("kept-draft", KeptDraft)

// Another page came after the sending: it was taken, and the draft is done with.
addEventListener("DOMContentLoaded", () => {
  const sent = sessionStorage.getItem(SENT)
  if (!sent) return
  sessionStorage.removeItem(sent)
  sessionStorage.removeItem(SENT)
})

// The sending was refused, and the form stays as it was.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.response && ctx.response.status >= 400) sessionStorage.removeItem(SENT)
})
