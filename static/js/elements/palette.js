import { clone } from "../lib/dom.js";
import { pageData } from "../lib/page.js";
import { isPaletteKey, Palette } from "../palette/palette.js";

/** @import { Shortcut } from "../lib/shortcut-map.js" */

/** Ctrl+K, and the button in the rail. @param {Shortcut[]} shortcuts what the page's single keys do */
export function bindPalette(shortcuts) {
  const button = document.getElementById("open-palette");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => open(shortcuts));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !isPaletteKey(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open(shortcuts);
  });
}

/** @param {Shortcut[]} shortcuts */
function open(shortcuts) {
  const dialog = clone("palette-template");
  if (dialog instanceof HTMLDialogElement) new Palette(dialog, pageData(), shortcuts).open();
}
