// <still-open hx-get="/projects/x/sign-offs/7/standing" hx-trigger="look" hx-ptag="…">
// Asks now and then, while somebody looks, whether this page still counts. The answer to "no" takes its place.
const EVERY = 20_000, QUIET = 30 * 60_000 // Milliseconds.
const SIGNS = ["pointerdown", "keydown", "scroll"]

class StillOpen extends HTMLElement {
  connectedCallback() {
    this.stir = () => {
      this.quietAt = Date.now() + QUIET
      this.timer ??= this.plan()
    }
    this.back = () => document.visibilityState === "visible" && (this.stir(), this.look())
    for (const sign of SIGNS) addEventListener(sign, this.stir, { passive: true })
    document.addEventListener("visibilitychange", this.back)
    this.stir()
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
    for (const sign of SIGNS) removeEventListener(sign, this.stir)
    document.removeEventListener("visibilitychange", this.back)
  }

  // Not all at the same moment: each waits a little longer or shorter.
  plan() {
    return setTimeout(() => {
      this.timer = null
      if (Date.now() > this.quietAt) return
      if (document.visibilityState === "visible") this.look()
      this.timer = this.plan()
    }, EVERY * (0.75 + Math.random() / 2))
  }

  look() {
    this.dispatchEvent(new Event("look"))
  }
}

customElements.define("still-open", StillOpen)
