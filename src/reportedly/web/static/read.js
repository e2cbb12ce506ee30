// Files can be dropped anywhere on the page: they become those of the form.
const form = document.getElementById("read")
const field = document.getElementById("files")

/** @param {DragEvent} event */
function bringsFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false
}

if (form instanceof HTMLFormElement && field instanceof HTMLInputElement) {
  document.addEventListener("dragover", (event) => {
    if (!bringsFiles(event)) return
    event.preventDefault()
    document.body.classList.add("dropping")
  })
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("dropping")
  })
  document.addEventListener("drop", (event) => {
    if (!bringsFiles(event) || !event.dataTransfer) return
    event.preventDefault()
    document.body.classList.remove("dropping")
    field.files = event.dataTransfer.files
    field.focus()
  })
}
