// <section class="panel"><pins-sheet><button aria-controls="pins-panel"></button></pins-sheet> …
// On a phone the list of pins is a sheet that comes up from the answer bar: at its handle, or when
// something in it is asked for. Everywhere a chosen pin opens its thread.
class PinsSheet extends HTMLElement {
  connectedCallback() {
    this.panel = this.closest(".panel")
    this.show(this.panel.classList.contains("open"))
    this.addEventListener("click", this)
    document.addEventListener("click", this)
    document.addEventListener("keydown", this)
    if (!PinsSheet.isArrived) this.goTo(location.hash)
    PinsSheet.isArrived = true // Not again when an answer has brought a new handle.
  }

  disconnectedCallback() {
    document.removeEventListener("click", this)
    document.removeEventListener("keydown", this)
  }

  get button() { return this.querySelector("button") }

  handleEvent(event) {
    const { type, key, target, currentTarget } = event
    const link = type === "click" && target.closest("a[href*='#']")?.getAttribute("href") // Of SVG, too.
    if (type === "keydown") key === "Escape" && this.isOpen && !document.querySelector(".new-pin.placed") && this.close()
    else if (currentTarget === this) this.show(!this.isOpen)
    else if (link) {
      const { pathname, search, hash } = new URL(link, location)
      if (pathname + search === location.pathname + location.search) this.goTo(hash)
    }
  }

  get isOpen() { return this.button.ariaExpanded === "true" }

  // The browser scrolls there afterwards, so it has to be there by now.
  goTo(hash) {
    const found = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)))
    if (!found) return
    if (hash.startsWith("#at-")) return this.show(false)
    if (!this.panel.contains(found) || this.contains(found)) return
    this.show(true)
    const talk = found.querySelector(":scope .talk")
    if (talk) talk.open = true
    requestAnimationFrame(() => {
      found.scrollIntoView({ block: "nearest" })
      this.point(found.id.replace("pin-", "at-"))
    })
  }

  // Show which drop on the picture is the one that was chosen.
  point(id) {
    document.querySelector(".pin.on:not(.new)")?.classList.remove("on")
    const drop = document.getElementById(id)
    drop?.classList.add("on")
    if (drop) document.querySelector("pin-board")?.uncover(drop)
  }

  close() {
    this.show(false)
    this.button.focus()
  }

  show(is) {
    this.panel.classList.toggle("open", is)
    this.button.ariaExpanded = String(is)
  }
}

customElements.define("pins-sheet", PinsSheet)
