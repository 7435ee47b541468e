// Addresses that begin at the root ("/css/app.css") mean the root of the prototype, where a script
// makes them: the server does the same for those that stand in a page.
const { portal, root, missing, stray } = document.currentScript.dataset
document.currentScript.remove()
const own = location.origin

const fix = (address) => {
  const path = `${address}`.startsWith(`${own}/`) ? `${address}`.slice(own.length) : `${address}`
  return /^\/(?!\/)/.test(path) && !path.startsWith(root) ? root + path.slice(1) : address
}

const around = (owner, name, wrap) => {
  const was = owner[name]
  owner[name] = function (...args) { return wrap.call(this, was, args) }
}

const NAMES = /^(xlink:)?(src|href|poster|data)$/
around(Element.prototype, "setAttribute", function (was, [name, value]) {
  return was.call(this, name, NAMES.test(name) ? fix(value) : value)
})
for (const [kind, name] of [
  [HTMLImageElement, "src"], [HTMLScriptElement, "src"], [HTMLLinkElement, "href"], [HTMLMediaElement, "src"],
  [HTMLSourceElement, "src"], [HTMLIFrameElement, "src"], [HTMLAnchorElement, "href"],
]) {
  const { get, set, ...rest } = Object.getOwnPropertyDescriptor(kind.prototype, name)
  Object.defineProperty(kind.prototype, name, { ...rest, get, set(value) {
    if (kind === HTMLImageElement) this.crossOrigin ??= "anonymous" // Else no canvas could read it.
    set.call(this, fix(value))
  } })
}

// Nobody is signed in here, and an answer to anyone is refused to a request with credentials.
around(window, "fetch", async (was, [input, more]) => {
  const got = await was(input instanceof Request ? input : fix(input), more && { ...more, credentials: "omit" })
  if (got.status === 404) missed(got.url)
  return got
})
around(XMLHttpRequest.prototype, "open", function (was, [method, address, ...more]) {
  return was.call(this, method, fix(address), ...more)
})
Object.defineProperty(XMLHttpRequest.prototype, "withCredentials", { get: () => false, set() {} })

for (const name of ["pushState", "replaceState"])
  around(history, name, (was, [state, title, address]) => {
    try { was.call(history, state, title, address == null ? address : fix(address)) }
    catch { was.call(history, state, title) }
  })

// A worker must come from its page's own origin, and this one has none: let a small one load it.
for (const name of ["Worker", "SharedWorker"])
  window[name] = class extends window[name] {
    constructor(address, more) {
      const from = JSON.stringify(new URL(fix(address), document.baseURI).href)
      const load = more?.type === "module" ? `import ${from}` : `importScripts(${from})`
      super(URL.createObjectURL(new Blob([load], { type: "text/javascript" })), more)
    }
  }

// What was put in as HTML has asked for the wrong address by now: let it ask again.
addEventListener("error", (event) => {
  for (const name of ["src", "href"]) {
    const value = event.target.getAttribute?.(name)
    if (!value || fix(value) === value) continue
    event.stopImmediatePropagation()
    event.target.setAttribute(name, value)
  }
}, true)
