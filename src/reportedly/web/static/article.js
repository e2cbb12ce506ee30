// Keys of an article: j and k from statement to statement, [ and ] along its chain, c copies it as a citation.
import { copy, isForOthers, say } from "./page.js"

const story = /** @type {HTMLElement} */ (document.querySelector(".story"))
const numbers = /** @type {HTMLAnchorElement[]} */ ([...story.querySelectorAll("a.number")])
let rung = -1 // of the chain of the statement that is current; -1 for none

/** The note of a statement. @param {HTMLAnchorElement} number */
function noteOf(number) {
  return /** @type {HTMLElement} */ (document.getElementById(number.hash.slice(1)))
}

/** The class of all that belongs to a statement. @param {HTMLAnchorElement} number */
function groupOf(number) {
  return [...number.classList].find((name) => name !== "number") ?? ""
}

/** The statement that holds the focus, or that the address leads to. */
function current() {
  const held = document.activeElement?.closest(".note, a.number") ?? document.querySelector(".story :target")
  return numbers.find((number) => held && (held === number || held === noteOf(number)))
}

function letGoOfChain() {
  rung = -1
  for (const one of story.querySelectorAll(".here")) one.classList.remove("here")
}

/** @param {HTMLAnchorElement} number */
function goTo(number) {
  letGoOfChain()
  number.focus({ preventScroll: true })
  number.scrollIntoView({ block: "center" })
  const note = noteOf(number)
  for (const one of story.querySelectorAll(".note.lit")) one.classList.remove("lit")
  note.classList.add("lit")
  const chain = [...note.querySelectorAll(".ladder > li")].map((step) => step.textContent?.trim())
  say(`Statement ${number.textContent?.trim()}: ${chain.join(" → ")}`)
}

/** The statement before or after the current one; of none, the first on the screen. @param {number} step */
function move(step) {
  const at = current()
  const shown = numbers.findIndex((number) => number.getBoundingClientRect().top >= 0)
  const next = at ? numbers.indexOf(at) + step : step > 0 ? shown : shown - 1
  const number = numbers[Math.max(0, Math.min(numbers.length - 1, next))]
  if (number) goTo(number)
}

/** One rung along the chain: light it, and the words that show it. @param {number} step */
function hop(step) {
  const number = current()
  if (!number) return move(1)
  const rungs = [...noteOf(number).querySelectorAll(".ladder > li")]
  const next = Math.max(0, Math.min(rungs.length - 1, rung + step))
  letGoOfChain()
  rung = next
  const at = /** @type {HTMLElement} */ (rungs[rung])
  at.classList.add("here")
  // The last rung is the article itself, which no words of its own show.
  const evidence = at.classList.contains("rung") ? `.carrier[data-rungs~="${rung}"]` : rung ? "" : ".source"
  const words = evidence ? [...story.querySelectorAll(`mark.${groupOf(number)} ${evidence}`)] : []
  for (const one of words) one.classList.add("here")
  ;(words[0] ?? at).scrollIntoView({ block: "nearest" })
  say(at.textContent?.trim() ?? "")
}

async function cite() {
  const number = current() ?? numbers[0]
  const link = number && /** @type {HTMLAnchorElement | null} */ (noteOf(number).querySelector("a.cite"))
  if (!link) return say("Only what is in the library can be cited: add it first.")
  const answer = await fetch(`${link.pathname}.txt`)
  if (!answer.ok) return say("The citation could not be had.")
  await copy(await answer.text())
  say(`Copied: statement ${number.textContent?.trim()}, as a citation.`)
}

document.addEventListener("keydown", (event) => {
  if (isForOthers(event) || document.querySelector("dialog[open]")) return
  /** @type {Record<string, () => unknown>} */
  const keys = { j: () => move(1), k: () => move(-1), "]": () => hop(1), "[": () => hop(-1), c: cite }
  const act = keys[event.key]
  if (act && numbers.length) {
    event.preventDefault()
    void act()
  } else if (event.key === "Escape") {
    letGoOfChain()
    const held = document.activeElement
    if (held instanceof HTMLElement) held.blur()
  }
})
