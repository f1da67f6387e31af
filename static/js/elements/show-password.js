/** A password that can be looked at. Without scripts its button stays hidden. */
class ShowPassword extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    if (!field || !button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = field.type === "text";
      field.type = isShown ? "password" : "text";
      button.textContent = isShown ? "Show" : "Hide";
      button.setAttribute("aria-pressed", String(!isShown));
    });
  }
}

customElements.define("show-password", ShowPassword);
