// <pin-board data-screen="2"><img …><svg class="pins">…</svg></pin-board>
// A touch on the picture puts the unsaved pin there and opens its form; a drag with Shift, or after
// "Region" was pressed, draws a region.
const WHOLE = 10000
const LEAST = 50 // A smaller drag was meant as a touch.
const inside = (bp) => Math.max(0, Math.min(WHOLE, Math.round(bp)))

class PinBoard extends HTMLElement {
  connectedCallback() {
    this.stage = this.closest(".stage")
    this.draw = document.querySelector("[data-draw]")
    this.heard = [[this, "click"], [this, "pointerdown"], [this.draw, "click"], [document, "pin-cancelled"]]
    for (const [element, type] of this.heard) element?.addEventListener(type, this)
    if (this.form?.isPlaced) this.mark(this.form.at)
  }

  disconnectedCallback() {
    for (const [element, type] of this.heard) element?.removeEventListener(type, this)
  }

  handleEvent(event) {
    if (event.type === "pin-cancelled") this.cancelled()
    else if (!this.form) return
    else if (event.currentTarget === this.draw) this.drawing(this.draw.ariaPressed !== "true")
    else this[event.type](event)
  }

  get form() { return document.querySelector("new-pin") }

  get image() { return this.querySelector("img") }

  click(event) {
    if (event.target === this.image && !this.wasDrawn) this.pin(this.at(event))
    this.wasDrawn = false
  }

  pointerdown(event) {
    const draws = event.shiftKey || this.draw?.ariaPressed === "true"
    if (!draws || event.target !== this.image || event.button) return
    event.preventDefault()
    event.stopPropagation()
    const from = this.at(event)
    let region = from
    const move = (to) => this.mark(region = between(from, this.at(to)))
    const end = ({ type }) => {
      this.image.removeEventListener("pointermove", move)
      if (type !== "pointerup" || !(region.w_bp >= LEAST && region.h_bp >= LEAST)) return
      this.wasDrawn = true
      setTimeout(() => { this.wasDrawn = false })
      this.pin(region)
    }
    this.image.setPointerCapture(event.pointerId)
    this.image.addEventListener("pointermove", move)
    for (const type of ["pointerup", "pointercancel"]) this.image.addEventListener(type, end, { once: true })
  }

  at({ clientX, clientY }) {
    const { left, top, width, height } = this.image.getBoundingClientRect()
    return { x_bp: inside((clientX - left) / width * WHOLE), y_bp: inside((clientY - top) / height * WHOLE) }
  }

  pin(place) {
    this.drawing(false)
    this.mark(place)
    this.form.place({ screen: this.dataset.screen, ...place, ...(place.w_bp ? {} : { w_bp: "", h_bp: "" }) })
    requestAnimationFrame(() => this.mark(place))
  }

  mark({ x_bp, y_bp, w_bp = 0, h_bp = 0 }) {
    const [pin, region] = [".pin.new", ".spot.new rect"].map((one) => this.querySelector(one))
    if (!pin || x_bp === undefined) return
    const sizes = { x: x_bp, y: y_bp, width: w_bp, height: h_bp }
    for (const [name, bp] of Object.entries(sizes)) region.setAttribute(name, `${bp / 100}%`)
    for (const name of ["x", "y"]) pin.setAttribute(name, `${sizes[name] / 100}%`)
    pin.classList.add("placed")
    this.uncover(pin)
  }

  // Move the picture, and only that, so that a pin is seen.
  uncover(pin) {
    const [a, b] = [pin, this.stage].map((one) => one.getBoundingClientRect())
    const by = (begin, end) => Math.max(0, a[end] + 16 - b[end]) || Math.min(0, a[begin] - 16 - b[begin])
    this.stage.scrollBy(by("left", "right"), by("top", "bottom"))
  }

  drawing(is) {
    if (this.draw) this.draw.ariaPressed = String(is)
    this.stage.classList.toggle("drawing", is)
  }

  cancelled() {
    this.drawing(false)
    this.querySelector(".pin.new")?.classList.remove("placed")
    this.querySelector(".spot.new rect")?.setAttribute("width", 0)
    this.stage.focus({ preventScroll: true })
  }
}

const between = (a, b) => ({
  x_bp: Math.min(a.x_bp, b.x_bp), y_bp: Math.min(a.y_bp, b.y_bp), w_bp: Math.abs(a.x_bp - b.x_bp), h_bp: Math.abs(a.y_bp - b.y_bp),
})

customElements.define("pin-board", PinBoard)
