// <upload-box> around the plain form: what is chosen, dropped, pasted or photographed goes up.
const ANYWHERE = ["dragover", "dragleave", "drop", "paste", "beforeunload"]
const FOLDER = "A folder cannot be uploaded as it is. Zip it, then drop the zip."
const NAMELESS = /^image\.(\w+)$/i // What browsers call a pasted picture, and a phone its photograph.

/** Two pictures of one name would replace each other. */
function named(file, word) {
  const [, ending] = file.name.match(NAMELESS) ?? []
  if (!ending) return file
  const now = new Date().toLocaleString("sv").replaceAll(":", ".")
  return new File([file], `${word} ${now}.${ending}`, { type: file.type, lastModified: file.lastModified })
}

class UploadBox extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector("[role=list]")
    this.status = this.querySelector("[role=status]")
    this.section = this.closest(".part")
    for (const kind of ANYWHERE) addEventListener(kind, this)
    for (const kind of ["change", "submit", "upload-turn"]) this.addEventListener(kind, this)
    this.observer = new MutationObserver(() => this.cover())
    this.observer.observe(this.section, { childList: true, subtree: true, attributeFilter: ["hidden"] })
  }

  disconnectedCallback() {
    for (const kind of ANYWHERE) removeEventListener(kind, this)
    this.observer.disconnect()
  }

  handleEvent(event) { this[event.type](event) }

  submit(event) { event.preventDefault() }

  change({ target }) {
    this.add([...target.files], "Picture")
    target.value = ""
  }

  dragover(event) {
    if (!event.dataTransfer.types.includes("Files")) return
    event.preventDefault()
    this.toggleAttribute("over", true)
  }

  dragleave(event) {
    if (!event.relatedTarget) this.removeAttribute("over")
  }

  drop(event) {
    if (!this.hasAttribute("over")) return
    event.preventDefault()
    this.removeAttribute("over")
    const isFolder = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()?.isDirectory)
    this.add([...event.dataTransfer.files].filter((_, n) => !isFolder[n]), "Picture")
    if (isFolder.includes(true)) this.say(FOLDER)
  }

  paste(event) {
    const files = [...event.clipboardData.files]
    if (!files.length) return
    event.preventDefault()
    this.add(files, "Pasted")
  }

  beforeunload(event) {
    if (this.current) event.preventDefault()
  }

  add(files, word) {
    for (const file of files) {
      const row = this.querySelector("template").content.firstElementChild.cloneNode(true)
      this.rows.append(row)
      customElements.upgrade(row)
      row.take(named(file, word), this.getAttribute("action"))
    }
  }

  say(sentence) { this.status.textContent = sentence }

  /** A row has come to another state: take out what is over, and let the next one go. */
  async "upload-turn"({ target: row }) {
    if (row.state === "stopped" || row.state === "paused") this.say(`${row.file.name}: ${row.querySelector("[data-words]").textContent}`)
    if (row.state === "cancelled") await this.discard(row)
    if (this.current) return
    while ((this.current = this.rows.querySelector("upload-row[state=waiting]"))) await this.carry(this.current)
  }

  async carry(row) {
    this.say(`${row.file.name} is being uploaded.`)
    await row.run()
    if (row.state !== "done") return
    await this.ask("GET", "")
    row.remove()
    this.say(`${row.file.name} is uploaded.`)
  }

  async discard(row) {
    row.remove()
    await row.parts.beginning?.catch(() => null) // Its key is known then.
    if (row.key) await this.ask("POST", `/sources/${row.key}/removal`)
    this.say(`${row.file.name} is removed.`)
  }

  /** Ask the page, and show its list as it is then. Without a connection the next one shows it. */
  async ask(method, path) {
    const place = { target: "#screens", swap: "outerMorph" }
    await htmx.ajax(method, this.getAttribute("page") + path, place).catch(() => null)
  }

  /** What goes up in this tab has a row of its own here, so it is not shown in the list as well. */
  cover() {
    const here = [...this.rows.children].map((row) => `source-${row.key}`)
    for (const source of this.section.querySelectorAll(".source[id]")) {
      const isHere = here.includes(source.id)
      if (source.hidden !== isHere) source.hidden = isHere
    }
  }
}

customElements.define("upload-box", UploadBox)
