// Lets the browser make or show a passkey when a form is sent, and sends what it answers.
(() => {
  const form = document.querySelector("form[data-passkey]");
  const options = document.getElementById("passkey-options");
  if (!form || !options) {
    return;
  }
  const said = document.createElement("p");
  said.className = "message error";
  said.setAttribute("role", "alert");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const act = form.dataset.passkey === "create" ? "create" : "get";
      const answer = await window.webauthnJSON[act](JSON.parse(options.textContent));
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      said.textContent = form.dataset.failed;
      form.prepend(said);
    }
  });
})();
