// <form data-once>: a second press while the first is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.matches("form[data-once]") || event.defaultPrevented) return
  if (form.getAttribute("aria-busy") === "true") event.preventDefault()
  else form.setAttribute("aria-busy", "true")
})

// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll('form[aria-busy="true"]')) form.removeAttribute("aria-busy")
})
