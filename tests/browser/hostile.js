// What a prototype that means harm would try. `words` holds the addresses that it may have learnt.
const once = (start) => new Promise((yes, no) => start(yes, no))
const native = (owner, name) => Object.getOwnPropertyDescriptor(owner, name)
const bare = (tag) => document.body.appendChild(document.createElement(tag))

// The same in a frame of its own, into which nobody put a bridge.
const raw = (code) => once((yes, no) => {
  addEventListener("message", ({ data }) => (data.got === undefined ? no() : yes(data.got)))
  const tried = `(async () => ${code})().then((got) => ({ got: \`\${got}\` }), () => ({}))`
  bare("iframe").srcdoc = `<body><script>${tried}.then((said) => parent.postMessage(said, "*"))</scr` + "ipt>"
})
const raw_fetch = (address, more) => raw(`{ const got = await fetch("${address}", ${JSON.stringify(more)}); ` +
  "if (got.type !== 'opaque' && !got.ok) throw 0; return got.type + await got.text() }")

// Each answers what it could read; a refusal throws, rejects, or never answers.
window.READS = {
  "the portal's page": () => parent.document.body.innerHTML,
  "the cookies of the top window": () => top.document.cookie,
  "the address of the portal": () => parent.location.href,
  "its own cookies as they are": () => native(Document.prototype, "cookie").get.call(document),
  "the window behind": ({ portal }) => window.open(portal).document.title,
  "a page of the portal": ({ page }) => fetch(page).then((got) => got.text()),
  "a page of the portal with cookies": ({ page }) => raw_fetch(page, { credentials: "include" }),
  "a page of the portal without asking": ({ page }) => raw_fetch(page, { mode: "no-cors", credentials: "include" }),
  "a page of the portal in the old way": ({ page }) => once((yes, no) => {
    const ask = new XMLHttpRequest()
    ask.open("GET", page)
    ask.onload = () => yes(ask.responseText)
    ask.onerror = no
    ask.send()
  }),
  "a stream": ({ page }) => once((yes, no) => {
    const line = new EventSource(page)
    line.onopen = yes
    line.onerror = no
  }),
  "a socket": ({ page }) => once((yes, no) => {
    const line = new WebSocket(page.replace("http", "ws"))
    line.onopen = yes
    line.onerror = no
  }),
  "a picture of the portal": ({ portal }) => once((yes, no) => {
    const image = new Image()
    image.onload = yes
    image.onerror = no
    image.src = `${portal}/static/img/favicon.svg`
  }),
  "a script of the portal": ({ portal }) => import(`${portal}/static/app.js`),
  "the portal in a frame": ({ portal }) => once((yes) => {
    const frame = bare("iframe")
    frame.onload = () => yes(frame.contentDocument.title)
    frame.src = portal
  }),
  "a folder whose session has ended": ({ other }) => raw_fetch(`${other}index.html`, {}),
  "a frame of its own from outside": () => bare("iframe").contentWindow.document.title,
  "storage": () => raw("localStorage.length"),
  "cookies": () => raw("document.cookie"),
  "a database": () => raw("indexedDB.open('x')"),
  "the caches": () => raw("caches.keys()"),
  "a worker for all pages": () => raw("navigator.serviceWorker.register('/sw.js')"),
}

window.DEEDS = {
  "sends a form": ({ pins }) => Object.assign(bare("form"), { method: "post", action: pins }).submit(),
  "sends a form to the top": ({ portal }) =>
    Object.assign(bare("form"), { method: "post", action: `${portal}/sign-out`, target: "_top" }).submit(),
  "posts": ({ pins }) => fetch(pins, { method: "POST", mode: "no-cors", body: new URLSearchParams({ text: "x" }) }),
  "posts with cookies": ({ pins }) => raw_fetch(pins, { method: "POST", mode: "no-cors", credentials: "include" }),
  "sends a beacon": ({ pins }) => navigator.sendBeacon(pins, new URLSearchParams({ text: "x" })),
  "goes to the portal itself": ({ portal }) => { location.href = `${portal}/account` },
  "leads the top away": ({ elsewhere }) => { top.location = elsewhere },
  "leads the parent away": ({ elsewhere }) => parent.location.replace(elsewhere),
  "clicks a link to the top": ({ elsewhere }) => Object.assign(bare("a"), { target: "_top", href: elsewhere }).click(),
  "goes back out of the frame": () => { history.back(); history.go(-5) },
  "opens a window": ({ elsewhere }) => window.open(elsewhere),
  "clicks a link to a new window": ({ elsewhere }) =>
    Object.assign(bare("a"), { target: "_blank", href: elsewhere }).click(),
  "saves a file": () => Object.assign(bare("a"), { download: "x", href: "data:text/plain,x" }).click(),
  "asks for a password": () => { alert("Your session has ended"); prompt("Password") },
  "covers the screen": () => document.documentElement.requestFullscreen(),
  "sets a cookie": () => native(Document.prototype, "cookie").set.call(document, "session=stolen; domain=localhost"),
  "sets a cookie by its markup": () => document.write('<meta http-equiv="set-cookie" content="session=stolen">'),
  "leaves by its markup": ({ portal }) => document.write(`<meta http-equiv="refresh" content="0;url=${portal}/account">`),
}

window.flood = () => setInterval(() => {
  for (let i = 0; i < 500; i++)
    parent.postMessage({ type: i % 2 ? "missing" : "at", path: `${Math.random()}`, route: `${i}`, title: "x" }, "*")
}, 10)

window.tell = (address) => raw_fetch(address, {})

window.forge = () => {
  bare("iframe").srcdoc = `<script>top.postMessage({ type: "at", route: "forged", title: "" }, "*")</script>`
}
