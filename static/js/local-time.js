// <local-time datetime="2026-03-01T09:30:00Z">1 March 2026, 09:30 UTC</local-time>
// Shows an instant in the reader's own time zone. Without JavaScript the server's text stays.
class LocalTime extends HTMLElement {
  connectedCallback() {
    const at = new Date(this.getAttribute("datetime"))
    if (Number.isNaN(at.getTime()) || this.title) return
    this.title = this.textContent.trim()
    const language = document.documentElement.lang || undefined
    const year = at.getFullYear() === new Date().getFullYear() ? undefined : "numeric"
    this.textContent = at.toLocaleString(language === "en" ? "en-GB" : language, {
      day: "numeric", month: "long", year, hour: "2-digit", minute: "2-digit",
    })
  }
}

customElements.define("local-time", LocalTime)
