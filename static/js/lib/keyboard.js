const SPARE = 80;

/** Where the browser lays its keyboard over the page, `--kb` says how much of it is hidden. */
export function followKeyboard() {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const measure = () => {
    const hidden = Math.max(0, innerHeight - viewport.height - viewport.offsetTop);
    const isKeyboard = hidden > SPARE && viewport.scale === 1;
    document.documentElement.style.setProperty("--kb", isKeyboard ? `${Math.round(hidden)}px` : "0px");
    document.documentElement.classList.toggle("has-keyboard", isKeyboard);
  };
  viewport.addEventListener("resize", measure);
  viewport.addEventListener("scroll", measure);
}
