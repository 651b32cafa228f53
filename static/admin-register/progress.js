// Shows how far an import is, until there is something else to see. Without it, a link looks again.
"use strict";

const SECONDS = 3;

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
  setTimeout(lookAgain, SECONDS * 1000);
}

setTimeout(lookAgain, SECONDS * 1000);
