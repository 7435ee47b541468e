// <upload-row>: one file on its way: paused, gone on with, tried again after a lost connection.
const WAIT_MOST_SECONDS = 30
const REFUSALS_MOST = 4 // Of one file; a damaged part is worth another try, the fourth is not.
const FINAL = [400, 401, 403, 413, 415]

class UploadRow extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const act = target.closest("button")?.dataset.act
      if (act) this[act]()
    })
    this.online = () => this.wake?.()
    addEventListener("online", this.online)
  }

  disconnectedCallback() { removeEventListener("online", this.online) }

  take(file, action) {
    this.file = file
    for (const place of this.querySelectorAll("[data-name]")) place.textContent = file.name
    this.parts = this.querySelector("upload-parts")
    this.parts.take(file, action)
    this.parts.querySelector("progress").setAttribute("aria-label", file.name)
    this.become("waiting", "Waits its turn.")
  }

  get state() { return this.getAttribute("state") }

  get key() { return this.parts.key }

  become(state, sentence) {
    this.setAttribute("state", state)
    this.say(sentence)
    this.dispatchEvent(new CustomEvent("upload-turn", { bubbles: true }))
  }

  say(sentence) { this.querySelector("[data-words]").textContent = sentence }

  pause() { this.halt("paused", "Paused.") }

  resume() { this.become("waiting", "Waits its turn.") }

  cancel() { this.halt("cancelled", "Removed.") }

  halt(state, sentence) {
    this.become(state, sentence)
    this.parts.halt()
    this.wake?.()
  }

  /** Send what is missing. Comes back when the file is whole, halted, or refused for good. */
  async run() {
    this.become("going", "Being uploaded.")
    for (let tries = 0, refusals = 0; this.state === "going"; tries++) {
      try {
        await this.parts.goOn(tries, () => { tries = 0 })
        return this.become("done", "Uploaded.")
      } catch (problem) {
        if (this.state !== "going") return
        if (problem instanceof DOMException) return this.become("stopped", "This file cannot be read any more. Choose it again.")
        const isOver = problem.isFinal || FINAL.includes(problem.status) || (problem.status < 500 && ++refusals === REFUSALS_MOST)
        if (isOver) return this.become("stopped", problem.message)
        await this.wait(problem.message, Math.min(WAIT_MOST_SECONDS, 2 ** tries))
      }
    }
  }

  /** Wait so long, or until the browser is back online. */
  async wait(sentence, seconds) {
    this.say(`${sentence} It goes on by itself, in ${seconds} s at the latest.`)
    this.toggleAttribute("lost", true)
    await new Promise((wake) => { this.wake = wake; setTimeout(wake, seconds * 1000) })
    this.removeAttribute("lost")
    if (this.state === "going") this.say("Being uploaded.")
  }
}

customElements.define("upload-row", UploadRow)
