/** Knows the browser's time zone: fills it into a hidden field, or offers it beside a list of zones. */
class LocalZone extends HTMLElement {
  connectedCallback() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const field = this.querySelector("input, select");
    if (!zone) return;
    if (field instanceof HTMLInputElement) field.value ||= zone;
    if (field instanceof HTMLSelectElement) this.#offer(zone, field);
  }

  /**
   * @param {string} zone
   * @param {HTMLSelectElement} list
   */
  #offer(zone, list) {
    const button = this.querySelector("button");
    const name = button?.querySelector("bdi");
    const known = Array.from(list.options).some((option) => option.value === zone);
    if (!button || !name || !known || list.value === zone) return;
    name.textContent = zone;
    button.hidden = false;
    button.addEventListener("click", () => {
      list.value = zone;
      button.hidden = true;
      list.focus();
    });
  }
}

customElements.define("local-zone", LocalZone);
