// Keys of all pages: "?" lists them, "/" goes to the search field.
import { isForOthers } from "./page.js"

/** The list of keys, as the page about them has it. */
async function help() {
  let dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog.help-of-keys"))
  if (!dialog) {
    const answer = await fetch("/about", { headers: { accept: "text/html" } })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const list = page.querySelector("dl.keys")
    if (!list || document.querySelector("dialog.help-of-keys")) return
    dialog = document.createElement("dialog")
    dialog.className = "help-of-keys"
    dialog.setAttribute("aria-label", "Keys")
    const form = document.createElement("form")
    form.method = "dialog"
    const button = document.createElement("button")
    button.textContent = "Close"
    form.append(button)
    dialog.append(document.importNode(list, true), form)
    document.body.append(dialog)
  }
  dialog.showModal()
}

document.addEventListener("keydown", (event) => {
  if (isForOthers(event) || document.querySelector("dialog[open]")) return
  if (event.key === "?") {
    event.preventDefault()
    void help()
  } else if (event.key === "/") {
    const field = /** @type {HTMLElement | null} */ (document.querySelector("input[type=search]"))
    if (!field) return
    event.preventDefault()
    field.focus()
  }
})
