// Shows how far an import is, until there is something else to see. Without it, a link looks again.
"use strict";

const MOST_SECONDS = 4;
let seconds = 1;

async function lookAgain() {
  const shown = document.querySelector("[data-waiting]");
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-waiting]");
    if (answer.ok && !found) {
      location.reload();
      return;
    }
    if (found && found.textContent !== shown.textContent) {
      shown.replaceChildren(...document.importNode(found, true).childNodes);
    }
  } catch {
    // The next look may find the site again.
  }
  seconds = Math.min(seconds * 1.3, MOST_SECONDS);
  setTimeout(lookAgain, seconds * 1000);
}

setTimeout(lookAgain, seconds * 1000);
