// <paste-picture></paste-picture> in a form: a picture that is pasted anywhere on the page joins those chosen there.
class PastePicture extends HTMLElement {
  connectedCallback() {
    this.role = "status"
    this.paste = (event) => this.take(event)
    document.addEventListener("paste", this.paste)
  }

  disconnectedCallback() {
    document.removeEventListener("paste", this.paste)
  }

  take(event) {
    const field = this.closest("form").querySelector("input[type=file]")
    const pasted = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"))
    if (!field || !pasted.length) return
    event.preventDefault()
    const all = new DataTransfer()
    for (const file of [...field.files, ...pasted]) all.items.add(file)
    field.files = all.files
    field.dispatchEvent(new Event("change", { bubbles: true }))
    this.textContent = all.files.length === 1 ? "1 picture goes along." : `${all.files.length} pictures go along.`
  }
}

customElements.define("paste-picture", PastePicture)
