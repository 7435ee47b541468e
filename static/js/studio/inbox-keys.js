// <inbox-keys> makes the inbox go by single keys, and keeps the list in step with what is open.
// Each key only does what a link, a button or a field on the page does too.
const OFF = "inbox keys off"
const at = (selector) => document.querySelector(selector)
const rows = () => [...document.querySelectorAll("#list .item")]

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => (rows().includes(document.activeElement) ? document.activeElement : rows()[0])?.click(),
  e: () => focus("#verdict input[type=radio]:checked, #verdict input[type=radio]"),
  r: () => focus("#reply textarea"),
  i: () => focus("#internal textarea"),
  a: () => focus(ticked() ? "#bulk-person" : "#person"),
  s: () => focus(ticked() ? "#bulk-until" : "#until"),
  x: () => here()?.parentElement.querySelector(".tick input")?.click(),
  "?": () => at("#keys")?.togglePopover(),
}

const ticked = () => at("#list .tick :checked")
const current = () => rows().find((row) => row.hasAttribute("aria-current"))
const here = () => rows().find((row) => row === document.activeElement) ?? current()

function step(by) {
  const all = rows(), found = all.indexOf(here())
  const from = found >= 0 || InboxKeys.place === undefined ? found : InboxKeys.place - (by > 0 ? 1 : 0)
  const next = all[Math.max(0, Math.min(all.length - 1, from + by))]
  next?.focus()
  next?.scrollIntoView({ block: "nearest" })
}

function focus(selector) {
  const field = at(selector)
  field?.closest("details")?.setAttribute("open", "")
  field?.focus()
  field?.scrollIntoView({ block: "center" })
}

class InboxKeys extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController()
    const on = (name, listener) => document.addEventListener(name, listener, { signal: this.stop.signal })
    on("keydown", (event) => this.press(event))
    on("htmx:before:swap", () => { this.constructor.top = at("#list ul")?.scrollTop })
    on("htmx:after:swap", () => this.follow())
    const tick = this.querySelector("#keys-on")
    tick.checked = !localStorage.getItem(OFF)
    tick.addEventListener("change", () => tick.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"))
  }

  disconnectedCallback() {
    this.stop.abort()
  }

  press(event) {
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")
    if (event.key === "Escape" && typing) return typing.blur()
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return typing?.form?.requestSubmit()
    if (typing || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(OFF)) return
    const act = KEYS[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  // The list keeps its place, marks what is open, which is not new any more, and the figure in the
  // head agrees with it.
  follow() {
    const list = at("#list ul")
    if (list && InboxKeys.top) list.scrollTop = InboxKeys.top
    const came = at("#came:not([data-seen])")
    came?.setAttribute("data-seen", "")
    came?.scrollIntoView({ block: "nearest" })
    for (const [place, row] of rows().entries()) {
      if (row.hasAttribute("aria-current")) row.querySelector(".fresh")?.remove()
      row.removeAttribute("aria-current")
      if (new URL(row.href).pathname !== location.pathname) continue
      row.setAttribute("aria-current", "true")
      InboxKeys.place = place // What is dealt with leaves the list; the next one stands there then.
      row.querySelector(".fresh")?.remove()
    }
    const ours = at(".filters a .count"), head = at('.nav a[href="/inbox"] .count')
    if (ours && head) head.textContent = ours.textContent
  }
}

customElements.define("inbox-keys", InboxKeys)
