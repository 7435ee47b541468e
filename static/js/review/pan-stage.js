// <pan-stage><div class="stage">…</div> <div class="stage">…</div></pan-stage>
// Moves a picture by dragging it. Several stages move together, each by its own picture's size.
class PanStage extends HTMLElement {
  connectedCallback() {
    this.led = new Map()
    this.addEventListener("pointerdown", this)
    this.addEventListener("click", this, true)
    this.addEventListener("scroll", this, true)
  }

  handleEvent(event) { this[event.type](event, event.target.closest(".stage")) }

  // The click that ends a drag is none.
  click(event) {
    if (!this.wasDragged) return
    event.preventDefault()
    event.stopPropagation()
    this.wasDragged = false
  }

  scroll(_, stage) {
    if (!stage || this.led.get(stage) === place(stage)) return
    for (const other of this.querySelectorAll(".stage")) {
      const scale = other.querySelector(".shot")?.offsetWidth / stage.querySelector(".shot")?.offsetWidth
      if (other === stage || !scale) continue
      other.scrollTo(stage.scrollLeft * scale, stage.scrollTop * scale)
      this.led.set(other, place(other))
    }
  }

  pointerdown(event, stage) {
    this.wasDragged = false
    if (!stage || event.pointerType !== "mouse" || event.button !== 0) return
    const from = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop }
    const begun = { x: event.clientX, y: event.clientY }
    const move = (at) => {
      if (!this.wasDragged && Math.hypot(at.clientX - begun.x, at.clientY - begun.y) < 5) return
      this.wasDragged = true
      stage.classList.add("is-dragged")
      stage.scrollTo(from.x - at.clientX, from.y - at.clientY)
    }
    const end = () => {
      stage.classList.remove("is-dragged")
      removeEventListener("pointermove", move)
      // The click comes after this; one that never comes must not eat the next.
      setTimeout(() => { this.wasDragged = false })
    }
    addEventListener("pointermove", move)
    addEventListener("pointerup", end, { once: true })
  }
}

// Whole pixels: browsers round what they are told.
const place = (stage) => `${Math.round(stage.scrollLeft)} ${Math.round(stage.scrollTop)}`

customElements.define("pan-stage", PanStage)
