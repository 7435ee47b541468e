// <zoom-stage> … <a data-zoom="in|out|fit"> … <div class="stage"><… class="shot"><img data-finer>
// Zooms the picture where it stands: by its links, by pinching, by the wheel with Ctrl, and moves
// it by dragging. Without JavaScript the links load the page at the next size.
const MOST = 6
const STEP = 1.5

class ZoomStage extends HTMLElement {
  connectedCallback() {
    this.stage = this.querySelector(".stage")
    const given = this.stage.className.match(/zoom-(\d)/)
    this.zoom = given ? Number(given[1]) : 1
    this.addEventListener("click", this, true)
    for (const type of ["wheel", "touchstart", "touchmove", "pointerdown"])
      this.stage.addEventListener(type, this, { passive: type === "touchstart" })
    document.addEventListener("htmx:after:swap", this)
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:after:swap", this)
  }

  // A saved form is gone with its focus: go on at the picture.
  "htmx:after:swap"() {
    if (document.activeElement === document.body) this.stage.focus({ preventScroll: true })
    if (this.zoom > 1) this.refine(this.stage.querySelector(".shot"))
  }

  handleEvent(event) { this[event.type]?.(event) }

  click(event) {
    const link = event.target.closest("[data-zoom]")
    if (this.wasDragged) {
      event.preventDefault()
      event.stopPropagation()
      this.wasDragged = false
    } else if (link && !event.metaKey && !event.ctrlKey) {
      event.preventDefault()
      const by = { in: this.zoom * STEP, out: this.zoom / STEP, fit: 1 }
      this.to(by[link.dataset.zoom])
    }
  }

  wheel(event) {
    if (!event.ctrlKey) return
    event.preventDefault()
    this.to(this.zoom * Math.exp(-event.deltaY / 200), event.clientX, event.clientY)
  }

  touchstart({ touches }) {
    this.pinch = touches.length === 2 ? { far: far(touches), zoom: this.zoom } : null
  }

  touchmove(event) {
    const { touches } = event
    if (touches.length !== 2 || !this.pinch) return
    event.preventDefault()
    const [x, y] = ["clientX", "clientY"].map((at) => (touches[0][at] + touches[1][at]) / 2)
    this.to(this.pinch.zoom * far(touches) / this.pinch.far, x, y)
  }

  pointerdown(event) {
    this.wasDragged = false
    if (event.pointerType !== "mouse" || event.button !== 0) return
    const { stage } = this
    const from = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop }
    const begun = { x: event.clientX, y: event.clientY }
    const move = (at) => {
      if (!this.wasDragged && Math.hypot(at.clientX - begun.x, at.clientY - begun.y) < 5) return
      this.wasDragged = true
      stage.classList.add("is-dragged")
      stage.scrollTo(from.x - at.clientX, from.y - at.clientY)
    }
    const end = () => {
      stage.classList.remove("is-dragged")
      removeEventListener("pointermove", move)
      // The click that ends a drag comes after this; one that never comes must not eat the next.
      setTimeout(() => { this.wasDragged = false })
    }
    addEventListener("pointermove", move)
    addEventListener("pointerup", end, { once: true })
  }

  // Zoom to `zoom` times the fitting width, keeping the point (x, y) of the window where it is.
  to(zoom, x, y) {
    const { stage } = this
    const shot = stage.querySelector(".shot")
    if (!shot) return
    const box = stage.getBoundingClientRect()
    const before = shot.getBoundingClientRect()
    const [atX, atY] = [x ?? box.left + box.width / 2, y ?? box.top + box.height / 2]
    const [partX, partY] = [(atX - before.left) / before.width, (atY - before.top) / before.height]
    if (!stage.classList.contains("zoomed")) this.measure(shot)
    this.zoom = Math.max(1, Math.min(MOST, zoom))
    stage.style.setProperty("--zoom", this.zoom)
    const after = shot.getBoundingClientRect()
    stage.scrollBy(after.left + partX * after.width - atX, after.top + partY * after.height - atY)
    this.refine(shot)
  }

  // How wide the picture is when it fits, so that growing starts from there.
  measure(shot) {
    this.stage.className = this.stage.className.replace(/zoom-\d/, "zoom-1")
    this.stage.style.setProperty("--fitting", `${shot.offsetWidth}px`)
    this.stage.classList.add("zoomed")
  }

  // Fetch the original once more of it would be seen than the copy holds.
  refine(shot) {
    const image = shot.querySelector("img[data-finer]")
    if (!image || image.src === image.dataset.finer) return
    if (image.clientWidth * devicePixelRatio <= image.naturalWidth * 1.1) return
    const finer = new Image()
    finer.onload = () => { image.src = finer.src }
    finer.src = image.dataset.finer
  }
}

const far = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)

customElements.define("zoom-stage", ZoomStage)
