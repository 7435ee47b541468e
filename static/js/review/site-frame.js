// <site-frame data-screen="1"> bar … <site-screen> … <site-notes> … </site-frame>
// What can be done with a website: use it, leave pins, at the width of a device; its pins over it.
class SiteFrame extends HTMLElement {
  mode = "use"
  route = null
  fresh = null // The pin that is not saved yet.

  connectedCallback() {
    this.screen = this.querySelector("site-screen")
    this.device = this.dataset.width || (this.offsetWidth < 700 ? "phone" : "desk")
    for (const [target, type] of this.hears) target.addEventListener(type, this)
    customElements.whenDefined("site-screen").then(() => this.show())
  }

  disconnectedCallback() {
    for (const [target, type] of this.hears) target.removeEventListener(type, this)
  }

  get hears() {
    return [
      [this, "site"], [this, "change"], [document, "click"], [window, "hashchange"],
      [document, "pin-cancelled"], [document, "htmx:after:swap"],
    ]
  }

  get form() { return document.querySelector("new-pin") }
  handleEvent(event) { this[event.type](event) }
  site({ detail: { type, said } }) { (this[type] ? this : this.querySelector("site-notes"))[type](said) }

  // What the site says ------------------------------------------------------------------------
  at({ route, title }) {
    const isNew = this.route !== route
    this.route = route
    this.querySelector("[data-route]").textContent = title ? `${route} · ${title}` : route
    this.screen.send("pinning", { isOn: this.mode === "pin" })
    this.pins()
    if (isNew) this.hashchange()
  }

  place(place) {
    if (this.mode !== "pin" || !this.form) return
    this.fresh = { number: 0, ...place }
    this.form.place({ screen: this.dataset.screen, ...place })
    this.pins()
  }

  leave() {
    this.turn("use")
    this.querySelector("[value=use]").focus()
  }

  // It went to an address that begins at a root: to the same one below its own, if that helps.
  stray({ path }) {
    if (performance.now() - (this.strayed ?? -1000) < 1000 || !URL.canParse(path, "http://site")) return
    this.strayed = performance.now()
    this.screen.go(new URL(path, "http://site").href.slice(12))
  }

  positions(all) { this.screen.draw(all) }

  // What the reader does ----------------------------------------------------------------------
  click(event) {
    const { name, go } = event.target.closest("[data-name], [data-go]")?.dataset ?? {}
    const listed = event.target.closest("a[href*='#at-']")?.hash.slice(4)
    if (go === "0" && !this.route?.includes("#")) this.screen.to(this.route ?? "") // Out of a failed page, too.
    else if (go) this.screen.send("go", { by: Number(go) })
    if (!name && !(listed && this.known(listed))) return
    event.preventDefault()
    if (name) this.device = name
    else history.replaceState(null, "", `#at-${listed}`)
    this.show()
    this.hashchange()
  }

  change({ target }) { this.turn(target.value) }

  turn(mode) {
    this.mode = mode
    this.querySelector("[role=status]").textContent = this.querySelector(`[value=${mode}]`).dataset.says
    this.screen.send("pinning", { isOn: mode === "pin" })
    if (mode === "pin") this.screen.frame.focus({ preventScroll: true })
    this.show()
  }

  // The pin that the address names comes into sight, on its own page of the site.
  hashchange() {
    const pin = this.known(location.hash.slice(4))
    if (!pin || this.route === null) return
    if (pin.route === this.route) this.screen.send("show", { element: pin.element })
    else if (pin.number !== this.shown) this.screen.to(pin.route)
    this.shown = pin.number
  }

  "pin-cancelled"() {
    this.fresh = null
    this.screen.frame.focus({ preventScroll: true })
    this.pins()
  }

  // The server drew all but the frame anew.
  "htmx:after:swap"() {
    if (!this.form?.isPlaced) this.fresh = null
    this.show()
    this.pins()
  }

  known(number) { return this.screen.known.find((pin) => `${pin.number}` === number) }
  pins() { this.screen.pins(this.route, this.fresh) }

  show() {
    for (const one of this.querySelectorAll("[type=radio]")) one.checked = one.value === this.mode
    for (const one of this.querySelectorAll("[data-name]")) one.removeAttribute("aria-current")
    const device = this.querySelector(`[data-name=${this.device}]`)
    device.setAttribute("aria-current", "true")
    this.screen.size(...device.dataset.size.split(" ").map(Number))
  }
}

customElements.define("site-frame", SiteFrame)
