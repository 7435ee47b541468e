// <section class="panel"><pins-sheet><button aria-controls="pins-panel"></button></pins-sheet> …
// On a phone the list of pins is a sheet that comes up from the answer bar: at its handle, or when
// something in it is asked for. Everywhere a chosen pin opens its thread.
let isArrived = false

class PinsSheet extends HTMLElement {
  connectedCallback() {
    this.panel = this.closest(".panel")
    this.button = this.querySelector("button")
    this.show(this.panel.classList.contains("open"))
    for (const type of ["click", "keydown"]) document.addEventListener(type, this)
    if (!isArrived) this.goTo(location.hash)
    isArrived = true // Not again when an answer has brought a new handle.
  }

  disconnectedCallback() {
    for (const type of ["click", "keydown"]) document.removeEventListener(type, this)
  }

  handleEvent({ key, target }) {
    if (key) {
      if (key !== "Escape" || !this.isOpen || document.querySelector(".new-pin.placed")) return
      this.show(false)
      this.button.focus()
    } else if (this.contains(target)) this.show(!this.isOpen)
    else {
      const link = target.closest("a[href*='#']")?.getAttribute("href") // Of SVG, too.
      const [page, hash] = link?.split("#") ?? []
      if (hash && (!page || page === location.pathname + location.search)) this.goTo(`#${hash}`)
    }
  }

  get isOpen() { return this.panel.classList.contains("open") }

  // The browser scrolls there afterwards, so it has to be there by now.
  goTo(hash) {
    const found = hash && document.getElementById(hash.slice(1))
    if (!found || this.contains(found)) return
    if (hash.startsWith("#at-")) {
      this.show(false)
      this.point(found)
    }
    if (!this.panel.contains(found)) return
    this.show(true)
    const talk = found.querySelector(".talk")
    if (talk) talk.open = true
    requestAnimationFrame(() => {
      found.scrollIntoView({ block: "nearest" })
      this.point(document.getElementById(found.id.replace("pin-", "at-")))
    })
  }

  // Show which drop on the picture is the one that was chosen.
  point(drop) {
    document.querySelector(".pin.on:not(.new)")?.classList.remove("on")
    drop?.classList.add("on")
    if (drop) document.querySelector("pin-board")?.uncover(drop)
  }

  show(is) {
    this.panel.classList.toggle("open", is)
    this.button.ariaExpanded = String(is)
  }
}

customElements.define("pins-sheet", PinsSheet)
