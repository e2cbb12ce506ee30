// What the modules of all pages share: telling the reader something, and copying.

/** @param {KeyboardEvent} event Whether the key is meant for a field, or for the browser. */
export function isForOthers(event) {
  const at = event.target
  const types = at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"))
  return types || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented
}

/** @type {HTMLElement | undefined} */
let says
let until = 0

/** Tell something for a moment, also to those who do not see it. @param {string} words */
export function say(words) {
  if (!says) {
    says = document.createElement("p")
    says.className = "says"
    says.setAttribute("role", "status")
    document.body.append(says)
  }
  says.textContent = words
  clearTimeout(until)
  until = setTimeout(() => says?.replaceChildren(), 4000)
}

/** Copy a text. Without TLS browsers allow it on this machine alone; elsewhere the old way still works.
 * @param {string} text */
export async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement("textarea")
  field.value = text
  document.body.append(field)
  field.select()
  document.execCommand("copy")
  field.remove()
}
