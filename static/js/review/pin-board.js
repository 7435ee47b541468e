// <pin-board data-screen="2"><img …><svg class="pins">…</svg></pin-board>
// A touch on the picture puts the unsaved pin there and opens its form.
class PinBoard extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this)
    document.addEventListener("pin-cancelled", this)
  }

  disconnectedCallback() {
    document.removeEventListener("pin-cancelled", this)
  }

  handleEvent(event) {
    if (event.type === "pin-cancelled") this.cancelled()
    else if (this.form && event.target.localName === "img") this.touched(event)
  }

  get form() { return document.querySelector("new-pin") }

  touched({ clientX, clientY, target }) {
    const box = target.getBoundingClientRect()
    const bp = (at, size) => Math.max(0, Math.min(10000, Math.round(at / size * 10000)))
    const place = { x_bp: bp(clientX - box.left, box.width), y_bp: bp(clientY - box.top, box.height) }
    this.mark(place)
    this.form.place({ screen: this.dataset.screen, ...place })
    this.uncover(target, place.y_bp)
  }

  mark({ x_bp, y_bp }) {
    const pin = this.querySelector(".pin.new")
    pin.setAttribute("x", `${x_bp / 100}%`)
    pin.setAttribute("y", `${y_bp / 100}%`)
    pin.classList.add("placed")
  }

  // On a phone the form covers the lower part of the screen: bring the pin above it.
  uncover(image, y_bp) {
    const sheet = this.form.sheet.getBoundingClientRect()
    const pin = image.getBoundingClientRect().top + image.offsetHeight * y_bp / 10000
    if (getComputedStyle(this.form.sheet).position === "fixed" && pin > sheet.top - 16) {
      scrollBy({ top: pin - sheet.top + 64 })
    }
  }

  cancelled() {
    this.querySelector(".pin.new")?.classList.remove("placed")
    this.closest("[tabindex]")?.focus({ preventScroll: true })
  }
}

customElements.define("pin-board", PinBoard)
