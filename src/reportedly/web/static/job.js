// How far the adding has come, asked for again and again until it is over; then the whole page anew.
const progress = document.getElementById("progress")

/** @param {string} address */
async function follow(address) {
  for (;;) {
    await new Promise((wait) => setTimeout(wait, 1000))
    const answer = await fetch(address).catch(() => null)
    if (!answer?.ok) continue
    const job = await answer.json()
    if (job.is_over) return location.reload()
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-shows]"))) {
      const value = job[one.dataset.shows ?? ""]
      one.textContent = typeof value === "number" ? value.toLocaleString("en") : String(value)
    }
  }
}

if (progress?.dataset.follows) void follow(progress.dataset.follows)
