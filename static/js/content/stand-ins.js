// What a page without an origin lacks, and templates need: storage that lasts while the prototype
// is open, cookies that go nowhere. What cannot be stood in for is absent, so that scripts notice.
const kept = (() => { try { return JSON.parse(name) } catch { return null } })()
const all = kept?.local ? kept : { local: {}, session: {}, cookies: {} }
const keep = () => { name = JSON.stringify(all) } // The window's name outlives the page.

class Shelf {
  #all
  constructor(all) { this.#all = all }
  get length() { return Object.keys(this.#all).length }
  key(n) { return Object.keys(this.#all)[n] ?? null }
  getItem(key) { return Object.hasOwn(this.#all, key) ? this.#all[key] : null }
  setItem(key, value) { this.#all[key] = `${value}`; keep() }
  removeItem(key) { delete this.#all[key]; keep() }
  clear() { for (const key of Object.keys(this.#all)) this.removeItem(key) }
}

const storage = (all) => {
  const shelf = new Shelf(all)
  const method = (key) => (typeof shelf[key] === "function" ? shelf[key].bind(shelf) : shelf[key])
  return new Proxy(all, {
    get: (_, key) => (key in Shelf.prototype ? method(key) : all[key]),
    set: (_, key, value) => { shelf.setItem(key, value); return true },
    deleteProperty: (_, key) => { shelf.removeItem(key); return true },
  })
}

const stand = (owner, key, value) => Object.defineProperty(owner, key, { configurable: true, ...value })
stand(window, "localStorage", { value: storage(all.local) })
stand(window, "sessionStorage", { value: storage(all.session) })
stand(document, "cookie", {
  get: () => Object.entries(all.cookies).map(([key, value]) => `${key}=${value}`).join("; "),
  set(text) {
    const [, key, value] = `${text}`.match(/^\s*([^=;]*)=?([^;]*)/)
    if (/;\s*(max-age\s*=\s*(-|0)|expires\s*=[^;]*19[67]\d)/i.test(text)) delete all.cookies[key.trim()]
    else all.cookies[key.trim()] = value.trim()
    keep()
  },
})
delete Navigator.prototype.serviceWorker
for (const key of ["indexedDB", "caches", "cookieStore"]) delete window[key]
