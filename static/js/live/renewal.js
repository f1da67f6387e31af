import { pageData } from "../lib/page.js";
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
  const ask = () => {
    isDue = true;
    document.documentElement.dataset.update = "ready";
    renew();
  };
  when("reload", ask);
  // Another key is in every reference to a task that the page shows.
  when("applied", ({ kind }) => kind === "project.edited" && hasAnotherKey() && ask());
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

function hasAnotherKey() {
  const key = document.getElementById("project-name")?.dataset.key;
  return key !== undefined && key !== pageData()?.project.key;
}

function lastTime() {
  return Number(sessionStorage.getItem(KEY) ?? 0);
}
