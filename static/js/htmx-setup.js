// What htmx needs to know of us: the CSRF token, the refusal's place, and that our CSP forbids eval.
const notice = () => document.getElementById("notice")

htmx.registerExtension("no-eval", {
  init(api) {
    const refuse = function () { throw new Error("Not under our content security policy: no code in attributes.") }
    api.initSecurity(null, refuse, refuse)
  },
})

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.request.method === "GET") return
  const token = document.querySelector('meta[name="csrf-token"]')
  if (token) ctx.request.headers["X-CSRFToken"] = token.content
})

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET") notice()?.querySelector(".refusal")?.remove()
})

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  const place = notice()
  if (!place || !ctx || ctx.request.method === "GET") return
  const sentence = document.createElement("p")
  sentence.className = "refusal"
  sentence.textContent = "That did not reach us. Look at your connection, then try again; what you typed is still here."
  place.replaceChildren(sentence)
})
