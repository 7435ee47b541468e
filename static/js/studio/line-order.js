// <line-order><section data-section="4">… <div data-line="7"><span class="grip" draggable>…</line-order>
// Lines and sections of an estimate, dragged by their grip or moved with Alt and an arrow. Either
// presses a button of the form; fingers and pages without JavaScript have those buttons themselves.
class LineOrder extends HTMLElement {
  connectedCallback() {
    for (const type of ["dragstart", "dragover", "drop", "dragend", "keydown", "htmx:after:swap"])
      this.addEventListener(type, this)
  }

  handleEvent(event) { this[event.type === "htmx:after:swap" ? "swapped" : event.type](event) }

  keydown(event) {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key]
    if (!event.altKey || !way || event.target.tagName === "SELECT") return
    const [line, section] = ["[data-line]", "[data-section]"].map((one) => event.target.closest(one))
    const button = line
      ? line.querySelector(`[value^="line-${way}:"]`)
      : section?.querySelector(`[value^="section-${way}:"]`)
    if (!line && !event.target.closest(".sec-head")) return
    event.preventDefault()
    if (!button) return
    this.typing = event.target.id
    button.click()
  }

  // The field that was typed in is still the one, wherever its line is now.
  swapped() {
    if (this.typing) document.getElementById(this.typing)?.focus()
    this.typing = null
  }

  dragstart(event) {
    const grip = event.target.closest?.(".grip")
    this.kind = grip?.closest("[data-line]") ? "line" : "section"
    this.dragged = grip?.closest(`[data-${this.kind}]`)
    if (!this.dragged) return
    this.from = [this.dragged.parentNode, this.dragged.nextSibling]
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", "")
    event.dataTransfer.setDragImage(this.dragged, 0, 0)
    this.dragged.classList.add("is-dragged")
  }

  // The page shows at once how it would be.
  dragover(event) {
    if (!this.dragged) return
    event.preventDefault()
    const over = event.target.closest(`[data-${this.kind}]`)
    const section = event.target.closest("[data-section]")
    if (over && over !== this.dragged) {
      const { top, height } = over.getBoundingClientRect()
      over[event.clientY > top + height / 2 ? "after" : "before"](this.dragged)
    } else if (!over && section && !section.querySelector("[data-line]"))
      section.querySelector(".add").before(this.dragged)
  }

  drop(event) {
    if (!this.dragged) return
    event.preventDefault()
    const { kind, dragged } = this
    let next = dragged.nextElementSibling
    while (next && !next.dataset[kind]) next = next.nextElementSibling
    const home = kind === "line" ? [dragged.closest("[data-section]").dataset.section] : []
    const button = this.querySelector("[data-act]")
    button.value = [`place-${kind}`, dragged.dataset[kind], ...home, next?.dataset[kind] ?? 0].join(":")
    const [parent, after] = this.from
    if (dragged.parentNode !== parent || dragged.nextSibling !== after) button.click()
    this.from = null
  }

  // Let go outside the lines: back to where it was.
  dragend() {
    if (!this.dragged) return
    if (this.from) this.from[0].insertBefore(this.dragged, this.from[1])
    this.dragged.classList.remove("is-dragged")
    this.dragged = this.from = null
  }
}

customElements.define("line-order", LineOrder)
