// <drag-order action="/…/order" target="#screens"><ol><li data-screens="4,5">…</li></ol></drag-order>
// Puts an item elsewhere in its list by dragging it with the mouse. Fingers, keys and pages
// without JavaScript have the buttons Up and Down beside each.
class DragOrder extends HTMLElement {
  connectedCallback() {
    for (const type of ["dragstart", "dragover", "drop", "dragend"]) this.addEventListener(type, this)
    for (const item of this.items) item.draggable = true
  }

  get items() { return [...this.querySelectorAll("[data-screens]")] }

  handleEvent(event) { this[event.type](event) }

  dragstart({ target, dataTransfer }) {
    this.dragged = target.closest("[data-screens]")
    this.from = this.items.indexOf(this.dragged)
    this.dragged.classList.add("is-dragged")
    dataTransfer.effectAllowed = "move"
  }

  // The list shows at once how it would be.
  dragover(event) {
    const over = event.target.closest("[data-screens]")
    if (!this.dragged) return
    event.preventDefault()
    if (!over || over === this.dragged) return
    const { top, height } = over.getBoundingClientRect()
    over[event.clientY > top + height / 2 ? "after" : "before"](this.dragged)
  }

  drop(event) {
    if (!this.dragged) return
    event.preventDefault()
    const [screens, next] = [this.dragged.dataset.screens, this.dragged.nextElementSibling]
    const values = { screens, before: next ? next.dataset.screens.split(",")[0] : 0 }
    if (this.items.indexOf(this.dragged) !== this.from)
      htmx.ajax("POST", this.getAttribute("action"), { values, target: this.getAttribute("target"), swap: "outerMorph" })
    this.from = null
  }

  // Let go outside the list: back to where it was.
  dragend() {
    if (this.from !== null) {
      const others = this.items.filter((item) => item !== this.dragged)
      others[this.from] ? others[this.from].before(this.dragged) : others.at(-1)?.after(this.dragged)
    }
    this.dragged.classList.remove("is-dragged")
    this.dragged = null
  }
}

customElements.define("drag-order", DragOrder)
