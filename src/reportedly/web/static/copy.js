// Buttons that copy a field.
import { copy, say } from "./page.js"

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-copies]"))) {
  button.hidden = false
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies ?? "")
    if (!(field instanceof HTMLTextAreaElement)) return
    await copy(field.value)
    say("Copied.")
  })
}
