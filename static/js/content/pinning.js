// While pins are left, the prototype is touched and reacts to nothing: a touch, or Tab and Enter,
// names an element and a place in it.
let isPinning = false
const look = new CSSStyleSheet()
look.replaceSync("*{cursor:crosshair!important}:focus{outline:3px solid #98301f!important;outline-offset:2px!important}")

const pinning = (isOn) => {
  isPinning = isOn
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== look).concat(isOn ? look : [])
}

const place = (element, x, y) => tell("place", { route: missing ?? route(), ...placeOf(element, x, y) })

const HELD = /^(click|dblclick|auxclick|mousedown|submit|dragstart)$/ // A held touch could not scroll.
const TOUCHES = "pointerdown pointerup mousedown mouseup touchstart touchend click dblclick auxclick submit dragstart keypress keyup"
for (const type of TOUCHES.split(" "))
  addEventListener(type, (event) => {
    if (!isPinning) return
    event.stopImmediatePropagation()
    if (HELD.test(type)) event.preventDefault()
    if (type === "click" && event.isTrusted) place(event.target, event.clientX, event.clientY)
  }, { capture: true, passive: false })

const SEEN = "a, button, img, input, select, textarea, video, canvas, iframe, svg"
const things = () => [...document.body.querySelectorAll(":not(script, style, option, svg *)")].filter((one) =>
  one.checkVisibility() && one.getClientRects().length
  && (one.matches(SEEN) || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())))

const step = (by, here) => {
  const all = things(), next = all[all.indexOf(here) + by]
  if (next && !next.hasAttribute("tabindex")) {
    next.tabIndex = -1
    next.addEventListener("blur", () => next.removeAttribute("tabindex"), { once: true })
  }
  next?.focus()
  return next
}

addEventListener("keydown", (event) => {
  if (!isPinning || !event.isTrusted) return
  event.stopImmediatePropagation()
  const here = document.activeElement
  if (event.key === "Escape") tell("leave")
  else if (event.key === "Enter" || event.key === " ") {
    const box = here.getBoundingClientRect()
    event.preventDefault()
    if (here !== document.body) place(here, box.left + box.width / 2, box.top + box.height / 2)
  } else if (event.key === "Tab" && step(event.shiftKey ? -1 : 1, here)) event.preventDefault()
}, true)
