/* Whoever types is not inactive: keeps the session while a long form is being filled in. */
"use strict";
(() => {
  const address = document.currentScript.dataset.address;
  const pause = 5 * 60 * 1000;
  let last = Date.now();
  document.addEventListener("input", () => {
    if (Date.now() - last < pause) return;
    last = Date.now();
    fetch(address, { credentials: "same-origin" });
  });
})();
