// <site-screen data-root="https://…/token/"><iframe …><svg class="pins">…</svg></site-screen>
// A website in its frame, as large as a device and scaled to fit. It is a stranger: of what it says
// short texts and numbers are taken, not too often, and passed on as events called "site".
const PER_SECOND = 300
const FLOOD = 3000 // In a second: nothing that is drawn needs as much.
const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "")
const number = (value, least, most) => (Number.isFinite(value) ? Math.round(Math.max(least, Math.min(most, value))) : 0)
const bp = (value) => number(value, 0, 10000)

const READ = {
  stray: ({ path }) => ({ path: text(path, 2000) }),
  at: ({ route, title }) => ({ route: text(route, 2000), title: text(title, 200) }),
  place: (said) => ({
    route: text(said.route, 2000), element: text(said.element, 4000),
    in_x_bp: bp(said.in_x_bp), in_y_bp: bp(said.in_y_bp), x_bp: bp(said.x_bp), y_bp: bp(said.y_bp),
    viewport_width: number(said.width, 1, 20000), viewport_height: number(said.height, 1, 20000),
  }),
  positions: ({ positions }) => (Array.isArray(positions) ? positions : []).slice(0, 500).map((one) => ({
    number: number(one?.number, 0, 1e6), x: number(one?.x, -1e5, 1e5), y: number(one?.y, -1e5, 1e5), isLost: one?.isLost === true,
  })),
  missing: ({ path }) => ({ path: text(path, 200) }),
  blocked: ({ uri, directive }) => ({ uri: text(uri, 200), directive: text(directive, 40) }),
  leave: () => ({}),
}

class SiteScreen extends HTMLElement {
  heard = [0, 0]
  said = {}

  connectedCallback() {
    this.frame = this.querySelector("iframe")
    addEventListener("message", this)
    this.sizes = new ResizeObserver(() => this.fit())
    this.sizes.observe(this.parentElement)
  }

  disconnectedCallback() {
    removeEventListener("message", this)
    this.sizes.disconnect()
  }

  // All but notes is passed on once a frame, the last of each kind: a flood costs no more.
  handleEvent(event) {
    if (event.source !== this.frame.contentWindow || event.origin !== "null") return
    const second = Math.floor(event.timeStamp / 1000)
    this.heard = [second, this.heard[0] === second ? this.heard[1] + 1 : 1]
    if (this.heard[1] === FLOOD) this.stop()
    if (this.heard[1] > PER_SECOND) return
    const { type } = Object(event.data)
    if (typeof type !== "string" || !Object.hasOwn(READ, type)) return
    const said = READ[type](event.data)
    if (type === "missing" || type === "blocked") this.pass(type, said)
    else {
      this.said[type] = said
      this.due ??= requestAnimationFrame(() => this.passAll())
    }
  }

  passAll() {
    const { said } = this
    this.said = {}
    this.due = undefined
    for (const type of Object.keys(READ)) if (said[type]) this.pass(type, said[type])
  }

  stop() {
    this.frame.src = "about:blank"
    this.pass("stopped")
  }

  pass(type, said) { this.dispatchEvent(new CustomEvent("site", { bubbles: true, detail: { type, said } })) }

  send(type, facts) { this.frame.contentWindow.postMessage({ type, ...facts }, "*") } // It has no origin to name.

  to(route) { this.go(encodeURI(route)) }

  go(address) { this.frame.contentWindow.location = this.dataset.root + address }

  size(width, height) {
    Object.assign(this, { width, height })
    this.fit()
  }

  fit() {
    const box = this.parentElement
    if (!this.width || !box.clientWidth) return
    this.scale = Math.min(1, box.clientWidth / this.width)
    this.tall = Math.min(this.height, box.clientHeight / this.scale)
    Object.assign(this.style, { width: `${this.width * this.scale}px`, height: `${this.tall * this.scale}px` })
    Object.assign(this.frame.style, { width: `${this.width}px`, height: `${this.tall}px`, transform: `scale(${this.scale})` })
  }

  get known() { return [...this.querySelectorAll("[data-pin]")].map((drop) => JSON.parse(drop.dataset.pin)) }

  // Ask where the pins of this page are; those of other pages go away.
  pins(route, fresh) {
    const here = this.known.filter((pin) => pin.route === route)
    for (const drop of this.querySelectorAll(".pin")) drop.classList.add("away")
    this.send("pins", { pins: fresh ? [...here, fresh] : here })
  }

  // Put pins where the site says that they are; one that is scrolled out of sight goes away.
  draw(positions) {
    for (const { number, x, y, isLost } of positions) {
      const drop = this.querySelector(number ? `#at-${number}` : "[data-fresh]")
      if (!drop) continue
      drop.setAttribute("x", x * this.scale)
      drop.setAttribute("y", y * this.scale)
      drop.classList.toggle("away", x < 0 || y < 0 || x > this.width || y > this.tall)
      drop.classList.toggle("lost", isLost)
      drop.classList.toggle("on", location.hash === `#at-${number}` || number === 0)
    }
  }
}

customElements.define("site-screen", SiteScreen)
