// <was-opened data-path="/projects/x/sign-offs/7/openings">
// Tells the portal, once, that the page was before somebody's eyes for two seconds.
class WasOpened extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => document.visibilityState === "visible" && this.tell(), 2000)
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  tell() {
    clearInterval(this.timer)
    const token = document.querySelector("meta[name=csrf-token]").content
    fetch(this.dataset.path, { method: "POST", headers: { "X-CSRFToken": token } })
  }
}

customElements.define("was-opened", WasOpened)
