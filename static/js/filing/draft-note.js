// <draft-note hidden>It is kept on this device. <button type="button">Empty the form</button></draft-note>
// in a form in a <kept-draft>: shows once something is kept, empties the form, and holds back what is sent
// without a connection: <p data-offline hidden> in it says so.
class DraftNote extends HTMLElement {
  connectedCallback() {
    this.draft = this.closest("kept-draft")
    this.form = this.closest("form")
    this.lost = this.querySelector("[data-offline]")
    this.draft.addEventListener("input", () => this.show())
    this.querySelector("button").addEventListener("click", () => this.empty())
    this.form.addEventListener("submit", (event) => this.hold(event))
    addEventListener("online", () => { this.lost.hidden = true })
    this.show()
  }

  show() {
    this.hidden = localStorage.getItem(this.draft.key) === null
  }

  empty() {
    this.form.reset()
    localStorage.removeItem(this.draft.key)
    this.show()
    this.form.querySelector("textarea").focus()
  }

  hold(event) {
    if (navigator.onLine) return
    event.preventDefault()
    this.hidden = this.lost.hidden = false
    this.lost.scrollIntoView({ block: "center" })
  }
}

customElements.define("draft-note", DraftNote)
