// Shows how far a task is while its page is open. Without this script a link does the same.
"use strict";

const WAIT = 1000;
const watched = (page) => page.querySelector("[data-watch]");

async function look() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && page.getElementById("content-main")) {
      show(page);
    }
  } catch {
    // Away for a moment: asked again.
  }
  if (watched(document)) {
    setTimeout(look, WAIT);
  }
}

function show(page) {
  const [before, after] = [watched(document), watched(page)];
  if (before && after) {
    // The same paragraph, so that a screen reader tells what is new in it.
    if (before.textContent !== after.textContent) {
      before.textContent = after.textContent;
    }
    return;
  }
  document.getElementById("content-main").replaceWith(page.getElementById("content-main"));
  document.getElementById("outcome-heading")?.focus();
}

if (watched(document)) {
  setTimeout(look, WAIT);
}
