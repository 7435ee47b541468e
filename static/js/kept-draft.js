// <kept-draft name="feedback tidelines"><form>…</form></kept-draft>
// Keeps what is typed and ticked in this tab until it has been sent: a reload loses nothing.
const PREFIX = "draft ", SENT = "sent draft"

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.key = PREFIX + this.getAttribute("name")
    sessionStorage.removeItem(SENT) // The form is here again, so it was not taken.
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
  if (!sent || document.querySelector("kept-draft")) return
  sessionStorage.removeItem(sent)
  sessionStorage.removeItem(SENT)
})
