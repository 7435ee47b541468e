// <pin-board data-screen="2" data-pins="new-pin"><img …><svg class="pins">…</svg></pin-board>
// A touch on the picture puts the unsaved pin there and opens its form. Without JavaScript the
// same form names the place in words.
class PinBoard extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this)
    document.addEventListener("click", this)
    document.addEventListener("keydown", this)
  }

  disconnectedCallback() {
    document.removeEventListener("click", this)
    document.removeEventListener("keydown", this)
  }

  handleEvent(event) {
    if (event.type === "keydown") return event.key === "Escape" && this.isPlacing && this.cancel()
    if (event.currentTarget === document) return event.target.closest("[data-cancel]") && this.cancel()
    if (this.dataset.pins && event.target.localName === "img") this.place(event)
  }

  get sheet() { return document.getElementById(this.dataset.pins) }

  get isPlacing() { return this.sheet?.classList.contains("placed") }

  place({ clientX, clientY, target }) {
    const box = target.getBoundingClientRect()
    const bp = (at, size) => Math.max(0, Math.min(10000, Math.round(at / size * 10000)))
    const x = bp(clientX - box.left, box.width)
    const y = bp(clientY - box.top, box.height)
    this.mark(x, y)
    this.fill({ x_bp: x, y_bp: y, screen: this.dataset.screen, viewport_width: innerWidth })
    this.sheet.open = true
    this.sheet.classList.add("placed")
    this.sheet.querySelector("textarea").focus({ preventScroll: true })
    this.uncover(target, y)
  }

  mark(x, y) {
    const pin = this.querySelector(".pin.new")
    pin.setAttribute("x", `${x / 100}%`)
    pin.setAttribute("y", `${y / 100}%`)
    pin.classList.add("placed")
  }

  fill(values) {
    const { elements } = this.sheet.querySelector("form")
    for (const [name, value] of Object.entries(values)) elements[name].value = value
  }

  // On a phone the form covers the lower part of the screen: bring the pin above it.
  uncover(image, y) {
    const sheet = this.sheet.getBoundingClientRect()
    const pin = image.getBoundingClientRect().top + image.offsetHeight * y / 10000
    if (getComputedStyle(this.sheet).position === "fixed" && pin > sheet.top - 16) {
      scrollBy({ top: pin - sheet.top + 64 })
    }
  }

  cancel() {
    this.querySelector(".pin.new")?.classList.remove("placed")
    this.fill({ x_bp: "", y_bp: "", viewport_width: "" })
    this.sheet.classList.remove("placed")
    this.sheet.open = false
    this.closest("[tabindex]")?.focus({ preventScroll: true })
  }
}

customElements.define("pin-board", PinBoard)
