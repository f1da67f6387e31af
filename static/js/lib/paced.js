/**
 * `work` at a pace: called at once, and then not again before `pause` milliseconds have passed; what asked for it meanwhile
 * gets it once, at the end of the pause.
 * @param {() => void} work
 * @param {number} pause
 */
export function paced(work, pause) {
  let isPausing = false;
  let isWanted = false;
  const ask = () => {
    isWanted = isPausing;
    if (isPausing) return;
    isPausing = true;
    setTimeout(() => {
      isPausing = false;
      if (isWanted) ask();
    }, pause);
    work();
  };
  return ask;
}
