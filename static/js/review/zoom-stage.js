// <zoom-stage> … <a data-zoom="in|out|fit"> … <div class="stage"><… class="shot"><img data-finer>
// Zooms the picture where it stands, or several alike: by its links, by pinching, by the wheel
// with Ctrl. Without JavaScript the links load the page at the next size.
const MOST = 6
const STEP = 1.5

class ZoomStage extends HTMLElement {
  connectedCallback() {
    this.stages = [...this.querySelectorAll(".stage")]
    const given = this.last?.className.match(/zoom-(\d)/)
    this.zoom = given ? Number(given[1]) : 1
    this.addEventListener("click", this)
    for (const stage of this.stages)
      for (const type of ["wheel", "touchstart", "touchmove"])
        stage.addEventListener(type, this, { passive: type === "touchstart" })
    document.addEventListener("htmx:after:swap", this)
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:after:swap", this)
  }

  get last() { return this.stages.at(-1) }

  // A saved form is gone with its focus: go on at the picture.
  "htmx:after:swap"() {
    if (document.activeElement === document.body) this.last.focus({ preventScroll: true })
    if (this.zoom > 1) this.refine()
  }

  handleEvent(event) { this[event.type]?.(event) }

  click(event) {
    const link = event.target.closest("[data-zoom]")
    if (!link || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    const by = { in: this.zoom * STEP, out: this.zoom / STEP, fit: 1 }
    this.to(by[link.dataset.zoom])
  }

  wheel(event) {
    if (!event.ctrlKey) return
    event.preventDefault()
    this.to(this.zoom * Math.exp(-event.deltaY / 200), event)
  }

  touchstart({ touches }) {
    this.pinch = touches.length === 2 ? { far: far(touches), zoom: this.zoom } : null
  }

  touchmove(event) {
    const { touches, currentTarget } = event
    if (touches.length !== 2 || !this.pinch) return
    event.preventDefault()
    const [clientX, clientY] = ["clientX", "clientY"].map((at) => (touches[0][at] + touches[1][at]) / 2)
    this.to(this.pinch.zoom * far(touches) / this.pinch.far, { clientX, clientY, currentTarget })
  }

  // Zoom to `zoom` times the fitting width, keeping what is at this place of the window there.
  to(zoom, at) {
    this.keep(at, () => {
      this.zoom = Math.max(1, Math.min(MOST, zoom))
      for (const stage of this.stages) {
        if (!stage.classList.contains("zoomed")) measure(stage)
        stage.style.setProperty("--zoom", this.zoom)
      }
    })
  }

  // Lay the stages out otherwise, at the same zoom and place: that of the top while all fits.
  refit(change) {
    const { left, top } = this.last.getBoundingClientRect()
    this.keep(this.zoom > 1 ? null : { clientX: left, clientY: top }, () => {
      for (const stage of this.stages) stage.classList.remove("zoomed")
      change()
      if (this.zoom > 1) this.to(this.zoom)
    })
  }

  keep(at, change) {
    const stage = at?.currentTarget ?? this.last
    const shot = stage.querySelector(".shot")
    if (!shot) return change()
    const [box, before] = [stage.getBoundingClientRect(), shot.getBoundingClientRect()]
    const [x, y] = [at?.clientX ?? box.left + box.width / 2, at?.clientY ?? box.top + box.height / 2]
    const [partX, partY] = [(x - before.left) / before.width, (y - before.top) / before.height]
    change()
    const after = shot.getBoundingClientRect()
    stage.scrollBy(after.left + partX * after.width - x, after.top + partY * after.height - y)
    this.refine()
  }

  // Fetch the larger copy once more of it would be seen than the light one holds.
  refine() {
    for (const image of this.querySelectorAll("img[data-finer]")) {
      if (image.src === image.dataset.finer) continue
      if (image.clientWidth * devicePixelRatio <= image.naturalWidth * 1.1) continue
      const finer = new Image()
      finer.onload = () => { image.src = finer.src }
      finer.src = image.dataset.finer
    }
  }
}

// How wide the picture is when it fits, so that growing starts from there.
function measure(stage) {
  stage.className = stage.className.replace(/zoom-\d/, "zoom-1")
  const width = stage.querySelector(".shot")?.offsetWidth
  if (!width) return
  stage.style.setProperty("--fitting", `${width}px`)
  stage.classList.add("zoomed")
}

const far = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)

customElements.define("zoom-stage", ZoomStage)
