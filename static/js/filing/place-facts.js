// <place-facts><input type="hidden" name="page"><input type="hidden" name="viewport"></place-facts>
// Notes where somebody comes from and how large their window is, for whoever has to see what they saw.
class PlaceFacts extends HTMLElement {
  connectedCallback() {
    const from = document.referrer.startsWith(location.origin + "/") ? new URL(document.referrer) : null
    const facts = {
      page: from && from.pathname !== location.pathname ? from.pathname : "",
      viewport: `${innerWidth} × ${innerHeight}`,
    }
    for (const [name, fact] of Object.entries(facts)) {
      const input = this.querySelector(`[name=${name}]`)
      if (input && !input.value) input.value = fact
    }
  }
}

customElements.define("place-facts", PlaceFacts)
