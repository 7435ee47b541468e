// <field-error for="line-7-rate"><p id="line-7-rate-error">…</p></field-error>
// Ties a sentence that arrives while somebody types to its field, and lets go when it leaves.
class FieldError extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"))
    this.field?.setAttribute("aria-invalid", "true")
    this.field?.setAttribute("aria-describedby", this.firstElementChild?.id ?? "")
  }

  disconnectedCallback() {
    this.field?.removeAttribute("aria-invalid")
    this.field?.removeAttribute("aria-describedby")
  }
}

customElements.define("field-error", FieldError)
