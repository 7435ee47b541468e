// <live-draft><form>…</form></live-draft>: a form that saves itself while somebody types.
// A save that had to wait for another leaves with the fields, and the counter, as they are by then;
// its answer goes to what has meanwhile taken the place of its target.
class LiveDraft extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
      const form = this.querySelector("form")
      const act = ctx.request.body?.get?.("act")
      if (ctx.request.form !== form) return
      if (!ctx.target.isConnected) ctx.target = document.getElementById(ctx.target.id)
      ctx.request.body = new URLSearchParams(new FormData(form))
      if (act) ctx.request.body.set("act", act)
    })
  }
}

customElements.define("live-draft", LiveDraft)
