// <site-notes><details hidden><summary>… <span class="count"></span></summary><ul></ul></details></site-notes>
// What a prototype asked for and did not get, each once. Whatever it says becomes text, and not much.
const MOST = 20

class SiteNotes extends HTMLElement {
  found = new Set()

  missing({ path }) { this.note(`There is no file ${path} in the zip.`) }

  blocked({ uri, directive }) {
    const host = URL.canParse(uri) ? new URL(uri).host : uri
    if (directive === "link") this.note(`A link leads elsewhere: ${uri}`)
    else if (directive === "file") this.note(`${uri} cannot be opened or saved from in here.`)
    else if (directive === "form-action") this.note("It wants to send a form. Nothing can be sent from a prototype.")
    else this.note(`It asks for files of ${host}. Put them into the zip.`)
  }

  stopped() { this.note("It was stopped, because it kept the page too busy. Load this page again to retry.", MOST + 1) }

  note(sentence, most = MOST) {
    if (this.found.has(sentence) || this.found.size >= most) return
    const line = document.createElement("li")
    line.textContent = sentence
    this.found.add(sentence)
    this.querySelector("ul").append(line)
    this.querySelector(".count").textContent = this.found.size
    this.firstElementChild.hidden = false
  }
}

customElements.define("site-notes", SiteNotes)
