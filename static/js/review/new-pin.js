// <new-pin><details id="new-pin"><form>…</form></details></new-pin>
// The form of a pin that is not saved yet. A stage that was touched calls `place` with what it
// knows of the place; without JavaScript the same form asks for it in words.
class NewPin extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this)
    document.addEventListener("keydown", this)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this)
  }

  handleEvent(event) {
    const wants = event.type === "keydown" ? event.key === "Escape" : event.target.closest("[data-cancel]")
    if (wants && this.isPlaced) this.cancel()
  }

  get sheet() { return this.querySelector("details") }

  get isPlaced() { return this.sheet.classList.contains("placed") }

  // `place` is named as the fields are: x_bp, y_bp, at_ms, route … What it leaves out is emptied.
  place(place) {
    this.fill({ viewport_width: innerWidth, viewport_height: innerHeight, ...place })
    this.sheet.open = true
    this.sheet.classList.add("placed")
    this.querySelector("textarea").focus({ preventScroll: true })
  }

  cancel() {
    this.fill({})
    this.sheet.classList.remove("placed")
    this.sheet.open = false
    this.dispatchEvent(new Event("pin-cancelled", { bubbles: true }))
  }

  fill(place) {
    const { elements } = this.querySelector("form")
    if (place.screen) elements.screen.value = place.screen
    for (const field of this.querySelectorAll("input[data-place]")) field.value = place[field.name] ?? ""
  }
}

customElements.define("new-pin", NewPin)
