/** Knows the reader's time zone: a hidden field takes it, a visible one gets a button that offers it. */
class LocalZone extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input, select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || !(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    if (field.type === "hidden") field.value = zone;
    else this.#offer(field, zone);
  }

  /**
   * @param {HTMLInputElement | HTMLSelectElement} field
   * @param {string} zone
   */
  #offer(field, zone) {
    const button = this.querySelector("button");
    const name = button?.querySelector("bdi");
    if (!button || !name || field.value === zone) return;
    name.textContent = zone;
    button.hidden = false;
    button.addEventListener("click", () => {
      field.value = zone;
      button.hidden = true;
      field.focus();
    });
  }
}

customElements.define("local-zone", LocalZone);
