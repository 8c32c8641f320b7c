// Keeps what is being typed in a form in this browser, offers it back after a crash or a lost connection, and
// warns before a page with unsent text is left. The form works the same without it.
//
// <form data-keeps-text="what the text belongs to"> with a hidden field «revision»;
// <div data-kept-text hidden> with [data-kept-since], [data-put-back] and [data-forget].

const DAYS_KEPT = 14
const PREFIX = "kept-text:"
const NEVER_KEPT = new Set(["csrf_token", "revision", "form_key"])

/** Returns the fields of a form as pairs, in their order, without what belongs to this page only. */
const typedIn = form => [...new FormData(form)].filter(([name, value]) =>
  !NEVER_KEPT.has(name) && typeof value === "string" && value !== "")

const sameWords = (some, others) => JSON.stringify(some) === JSON.stringify(others)

const read = key => {
  try { return JSON.parse(localStorage.getItem(key)) } catch { return null }
}

const write = (key, kept) => {
  // A full or forbidden store loses nothing but this comfort.
  try { localStorage.setItem(key, JSON.stringify(kept)) } catch { /* nothing to do */ }
}

const forget = key => {
  try { localStorage.removeItem(key) } catch { /* nothing to do */ }
}

const forgetOldOnes = () => {
  const oldest = Date.now() - DAYS_KEPT * 86_400_000
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !((read(key)?.at ?? 0) > oldest)) forget(key)
    }
  } catch { /* no store */ }
}

const putBack = (form, pairs) => {
  for (const box of form.querySelectorAll("input[type=checkbox], input[type=radio]")) {
    box.checked = pairs.some(([name, value]) => name === box.name && value === box.value)
  }
  for (const [name, value] of pairs) {
    const field = form.elements.namedItem(name)
    if (field && !(field instanceof RadioNodeList) && !["checkbox", "radio", "hidden", "submit"].includes(field.type)) {
      field.value = value
    }
  }
}

const keepTextOf = form => {
  const key = PREFIX + form.dataset.keepsText
  const revision = Number(form.elements.namedItem("revision")?.value ?? 0)
  const offer = document.querySelector("[data-kept-text]")
  const shown = typedIn(form)
  let isSending = false
  // The page shows again what was typed and not kept: refused, or read again.
  const isUnsent = "unsent" in form.dataset
  let isDirty = isUnsent
  let timer

  const keep = () => {
    write(key, { at: Date.now(), revision, pairs: typedIn(form), isSent: isSending })
    form.dataset.isKept = ""
  }

  const kept = read(key)
  if (kept) {
    // A newer revision than the one that was sent: it arrived.
    const arrived = kept.isSent && revision > kept.revision
    if (arrived && !isUnsent) forget(key)
    else if (offer && !sameWords(kept.pairs, shown)) {
      offer.querySelector("[data-kept-since]").textContent =
        new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" })
      form.before(offer)
      offer.hidden = false
      offer.querySelector("[data-put-back]").addEventListener("click", () => {
        putBack(form, kept.pairs)
        isDirty = true
        keep()
        offer.hidden = true
        form.querySelector("textarea, input:not([type=hidden])")?.focus()
      })
      offer.querySelector("[data-forget]").addEventListener("click", () => {
        forget(key)
        offer.hidden = true
        form.querySelector("textarea, input:not([type=hidden])")?.focus()
      })
    }
  }

  form.addEventListener("input", () => {
    isDirty = isUnsent || !sameWords(typedIn(form), shown)
    clearTimeout(timer)
    timer = setTimeout(keep, 400)
  })
  form.addEventListener("submit", () => {
    isSending = true
    clearTimeout(timer)
    keep()
  })
  addEventListener("pagehide", () => { if (isDirty && !isSending) keep() })
  // Back from the page one was sent to.
  addEventListener("pageshow", () => { isSending = false })
  addEventListener("beforeunload", event => {
    if (!isDirty || isSending) return
    clearTimeout(timer)
    keep()
    event.preventDefault()
  })
}

forgetOldOnes()
for (const form of document.querySelectorAll("form[data-keeps-text]")) keepTextOf(form)
