// <compare-stage data-as="side|swipe|onion|difference"> … <a data-as="swipe"> … <a data-key="n">
// Changes between ways to compare without losing the place, moves the divider and the mix, and
// presses what has a key. Without JavaScript the links do; `swipe` is side by side then.
const STEPS = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, Home: -100, End: 100 }
const FIRST = { swipe: ".divider", onion: "[type=range]" }

class CompareStage extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this)
    this.addEventListener("input", this)
    this.addEventListener("pointerdown", this, true)
    document.addEventListener("keydown", this)
    customElements.whenDefined("zoom-stage").then(() => this.begin())
  }

  disconnectedCallback() { document.removeEventListener("keydown", this) }

  handleEvent(event) { this[event.type](event) }

  get zoom() { return this.querySelector("zoom-stage") }

  // On a phone two pictures beside each other are too small.
  begin() {
    if ("usual" in this.dataset && matchMedia("(max-width: 40rem)").matches) this.link("as", "swipe")?.click()
    const list = this.querySelector(".panel-in")
    list.scrollTop = list.querySelector("[aria-current] .thumb")?.offsetTop - list.clientHeight / 2
  }

  link(name, value) { return this.querySelector(`a[data-${name}="${CSS.escape(value)}"]`) }

  click(event) {
    const link = event.target.closest("a")
    if (!link || event.metaKey || event.ctrlKey) return
    if (link.dataset.as) this.show(link, event)
    else if (link.hash) this.point(link.dataset.key ? this.next : link, event)
    else if (link.search) this.keep(link)
  }

  show(link, event) {
    event.preventDefault()
    delete this.dataset.usual
    this.link("as", this.dataset.as).ariaCurrent = null
    link.ariaCurrent = "true"
    this.zoom.refit(() => { this.dataset.as = link.dataset.as })
    history.replaceState(null, "", link.search)
  }

  // A link to another screen was written before the way was changed.
  keep(link) {
    const url = new URL(link.href)
    if (!("usual" in this.dataset)) url.searchParams.set("as", this.dataset.as)
    link.href = url
  }

  get next() {
    const places = [...this.querySelectorAll(".places li a")]
    return places[(places.findIndex((place) => place.ariaCurrent) + 1) % places.length]
  }

  // Not left to the browser, which would move the page too.
  point(link, event) {
    event.preventDefault()
    const region = this.querySelector(link.hash)
    for (const one of this.querySelectorAll(".places [aria-current]")) one.ariaCurrent = null
    for (const one of this.querySelectorAll(".regions .on")) one.classList.remove("on")
    link.ariaCurrent = "true"
    region.classList.add("on")
    const stage = region.closest(".stage")
    const [box, at] = [stage, region.firstChild].map((one) => one.getBoundingClientRect())
    stage.scrollBy(at.left - box.left - (box.width - at.width) / 2, at.top - box.top - Math.max(16, (box.height - at.height) / 2))
    this.querySelector("pins-sheet").show(false)
  }

  input({ target }) {
    this.querySelector("pan-stage").style.setProperty("--mix", target.value / 100)
  }

  keydown(event) {
    const { key, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input:not([type=range]), textarea")) return
    const step = target.matches(".divider") && STEPS[key]
    const link = !step && this.link("key", key)
    if (step) this.divide(target, Number(target.ariaValueNow) + step)
    else if (!link) return
    else link.click()
    event.preventDefault()
    this.querySelector(FIRST[link?.dataset?.as])?.focus({ preventScroll: true })
  }

  pointerdown(event) {
    const divider = event.target.closest(".divider")
    const shot = event.target.closest(".newer .shot")
    const isOurs = this.dataset.as === "swipe" && shot && event.isPrimary && !event.button
    if (!isOurs || !divider && this.zoom.zoom > 1) return
    event.stopPropagation()
    const over = new AbortController()
    const move = ({ clientX }) => {
      const box = shot.getBoundingClientRect()
      if (divider || Math.abs(clientX - event.clientX) > 5) this.divide(shot.lastElementChild, (clientX - box.left) / box.width * 100)
    }
    addEventListener("pointermove", move, over)
    for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => over.abort(), over)
  }

  divide(divider, at) {
    divider.ariaValueNow = Math.round(Math.max(0, Math.min(100, at)))
    this.style.setProperty("--at", `${divider.ariaValueNow}%`)
  }
}

customElements.define("compare-stage", CompareStage)
