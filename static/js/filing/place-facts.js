// <place-facts><input type="hidden" name="viewport"></place-facts>
// Notes how large the window is, and says so, for whoever has to see what they saw.
class PlaceFacts extends HTMLElement {
  connectedCallback() {
    const size = `${innerWidth} × ${innerHeight}`
    this.querySelector("[name=viewport]").value = size
    this.append(`, ${size} pixels`)
  }
}

customElements.define("place-facts", PlaceFacts)
