// <clip-player data-screen="2"><video …><svg class="pins">…</svg> … <button data-act="pin"></clip-player>
// Pins at a moment or over a range of a video: pause, press, and touch the frame to say where.
// Without JavaScript the video plays and the plain form asks for the times.
const SHOWN_MS = 1500 // How long a pin of one moment stays on the picture, before and after it.

class ClipPlayer extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video")
    this.addEventListener("click", this)
    this.addEventListener("keydown", this)
    this.video.addEventListener("timeupdate", this)
    addEventListener("hashchange", this)
    document.addEventListener("pin-cancelled", this)
    this.video.readyState ? this.hashchange() : this.video.addEventListener("loadedmetadata", () => this.hashchange(), { once: true })
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this)
    document.removeEventListener("pin-cancelled", this)
  }

  handleEvent(event) { this[event.type === "pin-cancelled" ? "cancelled" : event.type]?.(event) }

  get form() { return document.querySelector("new-pin") }

  get now() { return Math.min(Math.round(this.video.currentTime * 1000), Number(this.dataset.ms)) }

  click({ target, clientX, clientY }) {
    const act = target.closest("[data-act]")?.dataset.act
    if (act) this[act]()
    else if (this.place && target.closest(".clip-frame")) this.touch(clientX, clientY)
  }

  // As in editing: i marks where a range begins, o where it ends, p pins the moment.
  keydown({ key, target, ctrlKey, metaKey }) {
    const act = { i: "begin", o: "end", p: "pin" }[key]
    if (act && this.form && !ctrlKey && !metaKey && !target.closest("textarea, input")) this[act]()
  }

  pin() { this.open({ at_ms: this.now }) }

  begin() {
    this.from = this.now
    this.classList.add("ranging")
    this.querySelector("[data-begun]").textContent = this.words(this.from)
  }

  end() {
    const [at_ms, until_ms] = [this.from ?? 0, this.now].sort((a, b) => a - b)
    this.open(at_ms === until_ms ? { at_ms } : { at_ms, until_ms })
  }

  open(place) {
    this.video.pause()
    this.place = { screen: this.dataset.screen, ...place }
    this.classList.add("placing")
    this.form.place(this.place)
  }

  touch(clientX, clientY) {
    const box = this.video.getBoundingClientRect()
    const bp = (at, size) => Math.max(0, Math.min(10000, Math.round(at / size * 10000)))
    Object.assign(this.place, { x_bp: bp(clientX - box.left, box.width), y_bp: bp(clientY - box.top, box.height) })
    const pin = this.querySelector(".pin.new")
    pin.setAttribute("x", `${this.place.x_bp / 100}%`)
    pin.setAttribute("y", `${this.place.y_bp / 100}%`)
    pin.classList.add("placed")
    this.form.place(this.place)
  }

  cancelled() {
    this.place = this.from = null
    this.classList.remove("placing", "ranging")
    this.querySelector(".pin.new")?.classList.remove("placed")
    this.video.focus()
  }

  timeupdate() {
    const now = this.querySelector("[data-now]")
    if (now) now.textContent = this.words(this.now)
    for (const pin of this.querySelectorAll(".clip-frame .pin[data-at]")) {
      const [at, until] = [Number(pin.dataset.at), Number(pin.dataset.until || pin.dataset.at)]
      pin.classList.toggle("away", this.now < at - SHOWN_MS || this.now > until + SHOWN_MS)
    }
  }

  // A pin was chosen in the list or on the line: go to its moment.
  hashchange() {
    const mark = location.hash.startsWith("#at-") && this.querySelector(location.hash)
    if (mark) this.video.currentTime = Number(mark.dataset.at) / 1000
    if (mark) this.video.pause()
    this.timeupdate()
  }

  words(ms) { return `${Math.floor(ms / 60000)}:${String(Math.floor(ms % 60000 / 1000)).padStart(2, "0")}` }
}

customElements.define("clip-player", ClipPlayer)
