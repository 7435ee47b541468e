// Where something is on a page: an element by a short path, and a place in it, in basis points.
const bp = (at, size) => (size > 0 ? Math.max(0, Math.min(10000, Math.round(at / size * 10000))) : 0)
const page = () => document.documentElement
const find = (path) => { try { return path ? document.querySelector(path) : null } catch { return null } }

const pathTo = (element) => {
  const steps = []
  for (let one = element; one; one = one.parentElement) {
    const id = /^[a-z][\w-]*$/i.test(one.id) && !/\d{3}/.test(one.id) && `#${one.id}`
    const isOnly = id && document.querySelectorAll(id).length === 1
    const alike = [...(one.parentElement?.children ?? [])].filter((other) => other.localName === one.localName)
    const nth = alike.length > 1 ? `:nth-of-type(${alike.indexOf(one) + 1})` : ""
    steps.unshift(isOnly ? id : CSS.escape(one.localName) + nth)
    if (isOnly) break
  }
  return steps.join(">")
}

// The place of a point of the window, as a pin keeps it.
const placeOf = (element, x, y) => {
  const box = element.getBoundingClientRect()
  return {
    element: pathTo(element),
    in_x_bp: bp(x - box.left, box.width), in_y_bp: bp(y - box.top, box.height),
    x_bp: bp(x + scrollX, page().scrollWidth), y_bp: bp(y + scrollY, page().scrollHeight),
    width: innerWidth, height: innerHeight,
  }
}

// Where a pin is in the window now; lost, if its element is gone or not shown: then in the page.
const position = ({ number, element, in_x_bp, in_y_bp, x_bp, y_bp }) => {
  const box = find(element)?.getBoundingClientRect()
  if (box?.width || box?.height)
    return { number, x: box.left + box.width * in_x_bp / 10000, y: box.top + box.height * in_y_bp / 10000, isLost: false }
  const [x, y] = [page().scrollWidth * x_bp / 10000 - scrollX, page().scrollHeight * y_bp / 10000 - scrollY]
  return { number, x, y, isLost: true }
}
