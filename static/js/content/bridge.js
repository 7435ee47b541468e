// Tells the portal, by message only, where the prototype is and what lies where; does what it asks.
// It reaches nothing of the portal, which believes nothing of it but numbers and short texts.
const tell = (type, facts) => {
  if (parent !== window && parent === top) parent.postMessage({ type, ...facts }, portal)
}

const decoded = (path) => { try { return decodeURI(path) } catch { return path } }
const relative = (address) => {
  const begin = [own + root, `${own}/`].find((one) => address.startsWith(one)) ?? ""
  return decoded(address.slice(begin.length))
}
const route = () => {
  const path = relative(own + location.pathname).replace(/(^|\/)$/, "$1index.html")
  return path + location.search + (/^#[!/]/.test(location.hash) ? location.hash : "")
}

let pins = [], said = "", due = 0
const report = () => {
  due = 0
  const [at, title] = [missing ?? route(), document.title]
  if (said !== (said = `${at}\n${title}`)) tell("at", { route: at, title })
  if (pins.length) tell("positions", { positions: pins.map(position) })
}
const later = () => { due ||= requestAnimationFrame(report) }
for (const type of ["scroll", "resize", "load", "transitionend", "popstate", "hashchange"]) addEventListener(type, later, true)
addEventListener("resize", () => { // The portal made room for the words of a new pin.
  const fresh = pins.find((one) => !one.number)
  const y = fresh && position(fresh).y
  if (y > innerHeight - 20) scrollBy(0, y - innerHeight / 2)
})
window.navigation?.addEventListener("currententrychange", later)
document.addEventListener("DOMContentLoaded", () => {
  report()
  new MutationObserver(later).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  new ResizeObserver(later).observe(page())
})

const DEEDS = {
  pins: (asked) => { pins = asked.pins; later() },
  pinning: (asked) => pinning(asked.isOn),
  show: (asked) => find(asked.element)?.scrollIntoView({ block: "center" }),
  go: (asked) => (asked.by ? history.go(asked.by) : location.reload()),
}
addEventListener("message", (event) => {
  if (event.source !== parent || event.origin !== portal) return
  event.stopImmediatePropagation()
  DEEDS[event.data.type]?.(event.data)
})

// What cannot work ------------------------------------------------------------------------------
const missed = (address) => { if (address) tell("missing", { path: relative(address) }) }
addEventListener("error", ({ target }) => { if (target !== window) missed(target.currentSrc || target.src || target.href) }, true)
addEventListener("securitypolicyviolation", (event) => tell("blocked", { uri: event.blockedURI, directive: event.effectiveDirective }))
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.serverTiming.some(({ name }) => name === "missing")) missed(one.name)
}).observe({ type: "resource", buffered: true })
addEventListener("click", (event) => {
  const link = event.composedPath().find((one) => one.href && one.localName === "a")
  if (event.defaultPrevented || !link || !/^https?:/.test(link.href)) return
  const isOwn = link.href.startsWith(own + root)
  if (isOwn && !link.hasAttribute("download") && !/\.(pdf|zip|docx?|xlsx?|pptx?)$/i.test(link.pathname)) {
    link.target = "_self" // No other window can be opened.
    return
  }
  event.preventDefault()
  tell("blocked", isOwn ? { uri: relative(link.href), directive: "file" } : { uri: link.href, directive: "link" })
})
if (stray) tell("stray", { path: location.pathname + location.search + location.hash })
if (missing) tell("missing", { path: missing })
