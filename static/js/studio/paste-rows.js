// <paste-rows><div data-line="7"><input id="line-7-what"> … <textarea id="pasted"></paste-rows>
// Rows of a spreadsheet that are pasted into the name of a line become lines below it: they go the
// way of the field “Paste lines”, which also works without JavaScript.
class PasteRows extends HTMLElement {
  connectedCallback() { this.addEventListener("paste", this) }

  handleEvent(event) {
    const rows = event.clipboardData?.getData("text/plain").trimEnd() ?? ""
    if (!event.target.matches?.("[data-line] input[name$=-what]") || !/[\t\n]/.test(rows)) return
    event.preventDefault()
    const [field, button] = ["#pasted", "[data-act]"].map((one) => this.querySelector(one))
    field.value = [rows, field.value].filter(Boolean).join("\n")
    button.value = `paste-at:${event.target.closest("[data-line]").dataset.line}`
    button.click()
  }
}

customElements.define("paste-rows", PasteRows)
