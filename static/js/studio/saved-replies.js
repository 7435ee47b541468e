// <saved-replies><a href="?reply=3" data-text="…">…</a></saved-replies>
// Puts a saved reply where one writes, without losing what is written already.
class SavedReplies extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("[data-text]")
      const field = document.querySelector("#reply textarea")
      if (!link || !field) return
      event.preventDefault()
      field.focus()
      field.setRangeText(link.dataset.text, field.selectionStart, field.selectionEnd, "end")
      this.querySelector("details").open = false
    })
  }
}

customElements.define("saved-replies", SavedReplies)
