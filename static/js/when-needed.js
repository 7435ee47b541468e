// [data-script] fetches the script it names once somebody goes into it, so that no page waits for it.
document.addEventListener("focusin", ({ target }) => {
  const needs = target.closest("[data-script]")
  if (needs) import(needs.dataset.script)
})
