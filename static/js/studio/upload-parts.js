// <upload-parts>: the bar of one file, and what sends it by parts (tus 1.0), each with its checksum.
const PART = 8 * 1024 * 1024 // The composite checksum counts in these.
const STALL_MS = 45_000 // Without a byte going out, the line is dead though nobody says so.
const LOST = "The connection was lost."
const UNITS = [["GB", 1e9, 1], ["MB", 1e6, 1], ["kB", 1e3, 0]]

const digest = async (blob) => crypto.subtle.digest("SHA-256", await blob.arrayBuffer())
const packed = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))

class Refusal extends Error {
  constructor(answer) {
    const page = new DOMParser().parseFromString(answer.responseText, "text/html")
    super(page.querySelector("#refusal")?.textContent.trim() || "That did not work.")
    if (answer.status === 401) this.message = "You are signed out. Sign in again, then choose this file once more."
    this.status = answer.status
  }
}

class UploadParts extends HTMLElement {
  take(file, action) {
    Object.assign(this, { file, action, digests: [] })
    this.memory = ["upload", action, file.name, file.size, file.lastModified].join(" ")
    this.show(0)
  }

  get key() { return this.url?.split("/").pop() }

  show(done) {
    const { size } = this.file, [unit, bytes, places] = UNITS.find(([, least]) => size >= least) ?? UNITS[2]
    const bar = this.querySelector("progress"), text = (n) => (n / bytes).toFixed(places)
    bar.max = size
    bar.value = done
    this.querySelector("[data-size]").textContent = `${text(done)} of ${text(size)} ${unit}`
  }

  /** Send what is missing; `tries` says how often in a row that failed. Calls `onPart` after each. */
  async goOn(tries, onPart) {
    this.isHalted = false
    this.url ??= localStorage.getItem(this.memory)
    let at = this.url ? await this.where() : null
    at ??= await this.begin()
    for (this.show(at); at < this.file.size; this.show(at), tries = 0, onPart()) at = await this.send(at, PART >> Math.min(tries, 4))
    localStorage.removeItem(this.memory)
  }

  /** Stop. What is being announced goes through: cut off, it would stay behind without its key. */
  halt() {
    this.isHalted = true
    if (this.url) this.request?.abort()
  }

  /** Announce the file once, however often it was halted meanwhile. */
  begin() {
    return this.beginning ??= this.create().catch((problem) => { this.beginning = null; throw problem })
  }

  async where() {
    const answer = await this.ask("HEAD", this.url)
    if (answer.status === 200) return Number(answer.getResponseHeader("Upload-Offset"))
    if (answer.status !== 404) throw new Refusal(answer)
    localStorage.removeItem(this.memory)
    return (this.beginning = this.url = null)
  }

  async create() {
    const named = `filename ${packed(new TextEncoder().encode(this.file.name))}`
    const answer = await this.ask("POST", this.action, { "Upload-Length": this.file.size, "Upload-Metadata": named })
    if (answer.status !== 201) throw Object.assign(new Refusal(answer), { isFinal: answer.status < 500 })
    this.url = answer.getResponseHeader("Location")
    localStorage.setItem(this.memory, this.url)
    return 0
  }

  /** Send a part of at most `most` bytes, and return where the next begins. */
  async send(at, most) {
    const { file } = this, n = Math.floor(at / PART)
    const end = Math.min((n + 1) * PART, at + most, file.size), part = file.slice(at, end)
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": at }
    if (crypto.subtle) { // Not there on a page without https: then the parts go without.
      const sum = await digest(part)
      if (at === n * PART && (end === at + PART || end === file.size)) this.digests[n] = sum
      headers["Upload-Checksum"] = `sha256 ${packed(sum)}`
      if (end === file.size) headers["Upload-Composite"] = `sha256 ${packed(await this.composite())}`
    }
    const answer = await this.ask("PATCH", this.url, headers, part, (sent) => this.show(at + Math.min(sent, part.size)))
    if (answer.status !== 204) throw new Refusal(answer)
    return end
  }

  /** The checksum over those of all parts; what went up before a reload is read once more. */
  async composite() {
    const parts = Math.ceil(this.file.size / PART)
    for (let n = 0; n < parts; n++) this.digests[n] ??= await digest(this.file.slice(n * PART, (n + 1) * PART))
    return digest(new Blob(this.digests))
  }

  ask(method, url, headers = {}, body = null, onSent = null) {
    return new Promise((resolve, reject) => {
      if (this.isHalted) return reject(new Error(LOST))
      const request = this.request = new XMLHttpRequest()
      let stall
      const live = () => { clearTimeout(stall); stall = setTimeout(() => request.abort(), STALL_MS) }
      request.open(method, url)
      headers = { ...headers, "HX-Request-Type": "partial", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content }
      for (const name in headers) request.setRequestHeader(name, headers[name])
      request.upload.onprogress = ({ loaded }) => { live(); onSent?.(loaded) }
      request.onloadend = () => {
        clearTimeout(stall)
        request.status ? resolve(request) : reject(new Error(LOST))
      }
      live()
      request.send(body)
    })
  }
}

customElements.define("upload-parts", UploadParts)
