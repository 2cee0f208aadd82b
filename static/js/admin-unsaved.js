// Asks before somebody leaves a form in which they have typed.
(() => {
  const form = document.querySelector("form[id$='_form']");
  if (!form) {
    return;
  }
  let isTouched = false;
  form.addEventListener("input", () => { isTouched = true; });
  form.addEventListener("change", () => { isTouched = true; });
  form.addEventListener("submit", () => { isTouched = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isTouched) {
      event.preventDefault();
    }
  });
})();
