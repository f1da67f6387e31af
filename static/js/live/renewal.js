import { when } from "./live.js";

const AGAIN = 30_000;
const KEY = "loggia:renewed";

/** Loads the page again when the server asks for it: never under somebody's hands, and not twice in a row. */
export function renewWhenAsked() {
  let isDue = false;
  const renew = () => {
    if (!isDue || isWriting() || Date.now() - lastTime() < AGAIN) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  };
  when("reload", () => {
    isDue = true;
    document.documentElement.dataset.update = "ready";
    renew();
  });
  when("applied", renew);
  when("ack", () => setTimeout(renew));
  document.addEventListener("visibilitychange", renew);
  document.addEventListener("focusout", () => setTimeout(renew));
}

function isWriting() {
  const fields = document.querySelectorAll("textarea, .quick-add__title");
  const hasWords = [...fields].some((field) => /** @type {HTMLTextAreaElement} */ (field).value.trim() !== "");
  return hasWords || document.querySelector("dialog[open]") !== null;
}

function lastTime() {
  return Number(sessionStorage.getItem(KEY) ?? 0);
}
