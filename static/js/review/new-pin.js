// <new-pin><details id="new-pin"><form>…</form></details></new-pin>
// The form of a pin that is not saved yet. A stage that was touched calls `place` with what it knows
// of the place; without JavaScript the same form asks for it in words. What is typed and where it
// stands is kept in this tab until the portal has it: a pin with the same key is on the page then.
class NewPin extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form")
    this.name = `pin ${this.form.getAttribute("action")}`
    for (const type of ["click", "input"]) this.addEventListener(type, this)
    document.addEventListener("keydown", this)
    this.restore()
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this)
  }

  handleEvent({ type, key, target }) {
    if (type === "input") this.keep()
    else if (this.isPlaced && (type === "keydown" ? key === "Escape" : target.closest("[data-cancel]"))) this.cancel()
  }

  get sheet() { return this.querySelector("details") }

  get isPlaced() { return this.sheet.classList.contains("placed") }

  // Where it stands: the hidden fields that have a value, as numbers where they are some.
  get at() {
    const given = [...this.querySelectorAll("[data-place]")].filter((field) => field.value)
    return Object.fromEntries(given.map(({ name, value }) => [name, /^\d+$/.test(value) ? Number(value) : value]))
  }

  // `place` is named as the fields are: x_bp, y_bp, at_ms, route … What it leaves out is emptied.
  place(place) {
    this.fill({ viewport_width: innerWidth, viewport_height: innerHeight, ...place })
    this.open()
    this.keep()
    this.querySelector("textarea").focus({ preventScroll: true })
  }

  open() {
    this.sheet.open = true
    this.sheet.classList.add("placed")
  }

  cancel() {
    this.fill({})
    this.sheet.classList.remove("placed")
    this.sheet.open = false
    sessionStorage.removeItem(this.name)
    this.dispatchEvent(new Event("pin-cancelled", { bubbles: true }))
  }

  fill(place) {
    const { elements } = this.form
    if (place.screen) elements.screen.value = place.screen
    for (const field of this.querySelectorAll("[data-place]")) field.value = place[field.name] ?? ""
  }

  keep() {
    const { csrf_token, ...kept } = Object.fromEntries(new FormData(this.form))
    sessionStorage.setItem(this.name, JSON.stringify({ ...kept, isPlaced: this.isPlaced }))
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.name))
    if (!kept || this.querySelector("[aria-invalid]")) return
    if (document.querySelector(`[data-key="${CSS.escape(kept.key)}"]`)) return sessionStorage.removeItem(this.name)
    for (const field of this.form.elements) if (field.name in kept) field.value = kept[field.name]
    if (kept.isPlaced) this.open()
    else this.sheet.open = kept.text !== ""
    document.querySelector("pin-board")?.mark?.(this.at)
  }
}

customElements.define("new-pin", NewPin)
