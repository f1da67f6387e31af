const GAP = 60;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Say something to people who listen to the page. Emptied first, so that the same sentence is heard twice.
 * @param {string} sentence
 * @param {"status" | "alert"} where
 */
export function announce(sentence, where = "status") {
  // What lies behind a dialog is not heard.
  const region = document.querySelector(`dialog[open] [role="${where}"]`) ?? document.getElementById(where);
  if (!region) return;
  region.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => {
    region.textContent = sentence;
  }, GAP);
}
