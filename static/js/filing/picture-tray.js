// <picture-tray data-most="5"><p hidden><label>Take a picture<input type="file" capture></label></p>
//   <input type="file" name="pictures" multiple><ul></ul><p role="status"></p></picture-tray>
// Gathers pictures from camera, chooser, clipboard and drag, shows each with a button to leave it out, and
// keeps them on this device as long as the draft that they belong to.
const count = (files) => (files.length === 1 ? "1 picture goes" : `${files.length} pictures go`) + " along."
const images = (files) => [...files].filter((file) => file.type.startsWith("image/"))

class PictureTray extends HTMLElement {
  connectedCallback() {
    this.files = []
    this.field = this.querySelector("[multiple]")
    this.form = this.closest("form")
    this.most = Number(this.dataset.most)
    this.querySelector("[hidden]").hidden = !matchMedia("(pointer: coarse)").matches
    this.addEventListener("change", ({ target }) => this.choose(target))
    this.form.addEventListener("reset", () => this.put([]))
    this.form.addEventListener("dragover", (event) => event.preventDefault())
    this.form.addEventListener("drop", (event) => this.take(event, event.dataTransfer))
    this.paste = (event) => this.take(event, event.clipboardData)
    document.addEventListener("paste", this.paste)
    this.restore()
  }

  disconnectedCallback() {
    document.removeEventListener("paste", this.paste)
  }

  choose(field) {
    const chosen = [...field.files]
    if (field !== this.field) field.value = ""
    this.put([...this.files, ...chosen])
  }

  take(event, carried) {
    const found = images(carried.files)
    if (!found.length) return
    event.preventDefault()
    this.put([...this.files, ...found])
    this.dispatchEvent(new Event("input", { bubbles: true }))
  }

  put(files) {
    const all = new DataTransfer()
    this.files = files.slice(0, this.most)
    for (const file of this.files) all.items.add(file)
    this.field.files = all.files
    this.querySelector("ul").replaceChildren(...this.files.map((file) => this.row(file)))
    const over = files.length > this.most ? `${this.most} pictures are the most. ` : ""
    this.querySelector("[role=status]").textContent = over + (this.files.length ? count(this.files) : "")
    this.shelve((shelf, key) => shelf.put(this.files, key))
  }

  row(file) {
    const row = document.createElement("li"), view = document.createElement("canvas")
    const name = document.createElement("span"), out = document.createElement("button")
    view.width = view.height = 112
    name.textContent = file.name
    out.type = "button"
    out.className = "text-button"
    out.textContent = "Leave out"
    out.setAttribute("aria-label", `Leave out ${file.name}`)
    out.addEventListener("click", () => this.put(this.files.filter((one) => one !== file)))
    row.append(view, name, out)
    createImageBitmap(file).then((picture) => draw(view, picture), () => view.remove())
    return row
  }

  // Pictures are kept as long as the words: without a draft, or once the server has them, they are let go.
  async restore() {
    const isDraft = localStorage.getItem(this.closest("kept-draft").key) !== null
    if (!isDraft || this.form.querySelector("[name=kept], [aria-invalid]")) {
      this.shelve((shelf, key) => shelf.delete(key))
      return
    }
    const files = await this.shelve((shelf, key) => shelf.get(key))
    if (files?.length && !this.files.length) this.put(files)
  }

  shelve(act) {
    const { key } = this.closest("kept-draft")
    return new Promise((done) => {
      const open = indexedDB.open("filing")
      open.onupgradeneeded = () => open.result.createObjectStore("pictures")
      open.onerror = () => done()
      open.onsuccess = () => {
        const asked = act(open.result.transaction("pictures", "readwrite").objectStore("pictures"), key)
        asked.onsuccess = asked.onerror = () => { open.result.close(); done(asked.result) }
      }
    }).catch(() => {})
  }
}

function draw(view, picture) {
  const side = Math.min(picture.width, picture.height)
  const left = (picture.width - side) / 2, top = (picture.height - side) / 2
  view.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, view.width, view.height)
}

customElements.define("picture-tray", PictureTray)
