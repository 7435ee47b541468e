// <pin-keys><output></output><p>Enter begins a pin …</p></pin-keys>, in a <pin-board>
// Pins by keyboard: Enter on the stage, then arrows, with Shift for a region, then Enter again.
const WHOLE = 10000
const STEP = 100 // One per cent of the picture.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const within = (bp, least, most) => Math.max(least, Math.min(most, bp))

class PinKeys extends HTMLElement {
  connectedCallback() {
    this.board = this.closest("pin-board")
    this.stage = this.closest(".stage")
    this.stage.addEventListener("keydown", this)
  }

  disconnectedCallback() {
    this.stage.removeEventListener("keydown", this)
  }

  handleEvent(event) {
    const { key, shiftKey } = event
    if (event.target !== this.stage || event.ctrlKey || event.metaKey || event.altKey) return
    if (key === "Enter" && this.place) this.board.pin(this.taken())
    else if (key === "Enter") this.steer(this.middle())
    else if (!this.place) return
    else if (ARROWS[key]) this.steer(moved(this.place, ARROWS[key], shiftKey))
    else if (key === "Escape") this.board.cancelled(this.taken())
    else return
    event.preventDefault()
  }

  taken() {
    const { place } = this
    this.place = null
    return place
  }

  steer(place) {
    this.place = place
    this.board.mark(place)
    const size = place.w_bp ? `, ${place.w_bp / STEP} wide, ${place.h_bp / STEP} high` : ""
    this.querySelector("output").textContent = `${place.x_bp / STEP} per cent across, ${place.y_bp / STEP} down${size}`
  }

  // The middle of what is seen of the picture, on a whole per cent.
  middle() {
    const { x, y, width, height } = this.stage.getBoundingClientRect()
    const { x_bp, y_bp } = this.board.at({ clientX: x + width / 2, clientY: y + height / 2 })
    return { x_bp: x_bp - x_bp % STEP, y_bp: y_bp - y_bp % STEP }
  }
}

// The place one step further; or, to size it, with its other corner there.
function moved({ x_bp, y_bp, w_bp = 0, h_bp = 0 }, [x, y], sizes) {
  if (!sizes) return { x_bp: within(x_bp + x * STEP, 0, WHOLE - w_bp), y_bp: within(y_bp + y * STEP, 0, WHOLE - h_bp), w_bp, h_bp }
  return { x_bp, y_bp, w_bp: within(w_bp + x * STEP, STEP, WHOLE - x_bp), h_bp: within(h_bp + y * STEP, STEP, WHOLE - y_bp) }
}

customElements.define("pin-keys", PinKeys)
