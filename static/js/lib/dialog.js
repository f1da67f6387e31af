import { button, el } from "./dom.js";

/**
 * Ask something in front of the page. Escape and Cancel close it; focus goes back to where it was.
 * @param {object} question
 * @param {string} question.title
 * @param {Array<Node | string>} [question.body]
 * @param {string} question.action what the button does that says yes
 * @param {() => void} question.onconfirm
 * @param {boolean} [question.isFinal] there is no way around it
 * @param {boolean} [question.isDangerous] what is done cannot be taken back
 * @param {boolean} [question.isNote] there is nothing to decide: it is read from its title on
 */
export function openDialog({ title, body = [], action, onconfirm, isFinal = false, isDangerous = false, isNote = false }) {
  const before = document.activeElement;
  const id = `dialog-${Date.now().toString(36)}`;
  const yes = el("button", { type: "submit", class: `button button--${isDangerous ? "danger" : "primary"}` }, action);
  const form = el("form", { method: "dialog", class: "dialog__form" },
    el("h2", { class: "dialog__title", id, ...(isNote ? { tabindex: "-1", autofocus: true } : {}) }, title), ...body,
    el("div", { class: "dialog__ways" }, ...(isFinal || isNote ? [] : [button("Cancel", "button button--quiet", () => dialog.close())]), yes),
  );
  const dialog = el("dialog", { class: isNote ? "dialog dialog--note" : "dialog", "aria-labelledby": id }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    onconfirm();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  dialog.addEventListener("cancel", (event) => isFinal && event.preventDefault());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
