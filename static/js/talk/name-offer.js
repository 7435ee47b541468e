// <name-offer data-names="Cleo Janssen&#10;Sam Moreau"><textarea></textarea></name-offer>
// Offers who can be named, once somebody types an @: arrows and Enter choose, Escape closes, a tap does too.
const TYPED = /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}'’. -]{0,60})$/u
const MOST = 6
const MOVES = { ArrowDown: 1, ArrowUp: -1 }
const LEAVES = ["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"]

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
const starts = (name, typed) => name.startsWith(typed) || (typed && name.includes(` ${typed}`))

class NameOffer extends HTMLElement {
  connectedCallback() {
    this.names = this.dataset.names.split("\n")
    this.field = this.querySelector("textarea")
    this.list ??= this.made("div", { role: "listbox", "aria-label": "Who can be named", id: `${this.field.id}-names`, class: "row" })
    this.said ??= this.made("p", { "aria-live": "polite", class: "vh" })
    this.field.addEventListener("input", () => this.offer())
    this.field.addEventListener("keydown", (event) => this.press(event))
    for (const name of ["blur", "click"]) this.field.addEventListener(name, () => this.close())
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()) // The field keeps the focus.
    this.list.addEventListener("click", ({ target }) => {
      if (target.role === "option") this.choose(target)
    })
    this.close()
    if (document.activeElement === this.field) this.offer() // What was typed while this was on its way.
  }

  made(tag, attributes, into = this) {
    const one = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value)
    return into.appendChild(one)
  }

  offer() {
    const { value, selectionStart, selectionEnd } = this.field
    const found = selectionStart === selectionEnd && TYPED.exec(value.slice(0, selectionEnd))
    const typed = found && folded(found[1])
    const fitting = found ? this.names.filter((name) => starts(folded(name), typed)).slice(0, MOST) : []
    if (!fitting.length) return this.close()
    this.typed = found[1].length
    this.list.replaceChildren()
    for (const [place, name] of fitting.entries()) {
      this.made("span", { role: "option", id: `${this.list.id}-${place}`, class: "button" }, this.list).textContent = name
    }
    this.list.hidden = false
    this.field.setAttribute("aria-autocomplete", "list")
    this.field.setAttribute("aria-controls", this.list.id)
    this.said.textContent = `${fitting.length === 1 ? "One person" : `${fitting.length} people`} to name. Arrows and Enter choose.`
    this.go(0)
  }

  close() {
    this.list.hidden = true
    this.list.replaceChildren()
    this.said.textContent = ""
    for (const name of ["autocomplete", "controls", "activedescendant"]) this.field.removeAttribute(`aria-${name}`)
  }

  go(to) {
    const all = [...this.list.children]
    this.at = (to + all.length) % all.length
    for (const [place, one] of all.entries()) {
      one.setAttribute("aria-selected", place === this.at)
      one.classList.toggle("calm", place !== this.at)
    }
    this.field.setAttribute("aria-activedescendant", all[this.at].id)
  }

  press(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return
    if (LEAVES.includes(event.key)) return this.close()
    if (event.key in MOVES) this.go(this.at + MOVES[event.key])
    else if (event.key === "Escape") this.close()
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.list.children[this.at])
    else return
    event.preventDefault()
    event.stopPropagation() // Elsewhere these keys send, or leave the field.
  }

  choose(option) {
    const end = this.field.selectionEnd
    this.field.setRangeText(`${option.textContent} `, end - this.typed, end, "end")
    this.field.focus()
    this.field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

customElements.define("name-offer", NameOffer)
