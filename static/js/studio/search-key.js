// <search-key> takes the reader from anywhere to the field for searching by the key /.
const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"

class SearchKey extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController()
    document.addEventListener("keydown", (event) => this.press(event), { signal: this.stop.signal })
  }

  disconnectedCallback() {
    this.stop.abort()
  }

  press(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target.closest?.(TYPING)) return
    const field = document.querySelector("#q") ?? this.querySelector("input")
    if (!field?.checkVisibility()) return
    event.preventDefault()
    field.focus()
    field.select()
  }
}

customElements.define("search-key", SearchKey)
