// Asks before somebody leaves a form in which they have typed.
(() => {
  const form = document.querySelector("form[id$='_form']");
  if (!form) {
    return;
  }
  let isTouched = false;
  form.addEventListener("input", () => { isTouched = true; });
  form.addEventListener("change", () => { isTouched = true; });
  form.addEventListener("submit", (event) => {
    // A preview opens in a tab of its own: what was typed is not saved by it.
    if (event.submitter?.getAttribute("formtarget") !== "_blank") {
      isTouched = false;
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTouched) {
      event.preventDefault();
    }
  });
})();
