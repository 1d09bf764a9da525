// Keeps what a person types as a draft on the server: a second after they stop,
// every two seconds while they type on, and once more when they leave the page.
// What could not be sent is sent again. Passwords, files and tokens never go
// into a draft.
const WAIT = 1000
const LONGEST = 2000
const AGAIN = 4000
const LEFT_OUT = new Set(['csrfmiddlewaretoken', 'once'])

export function contents (form) {
  const kept = {}
  // Which revision this was typed upon, so that it is still held against what others save meanwhile.
  if (form.elements.base) kept.base = [form.elements.base.value]
  for (const element of form.elements) {
    if (!element.name || LEFT_OUT.has(element.name) || element.disabled) continue
    if (['password', 'file', 'submit', 'button', 'hidden'].includes(element.type) || 'secret' in element.dataset) continue
    // An empty list still names the field, so that unticking is kept too.
    kept[element.name] ??= []
    if (['checkbox', 'radio'].includes(element.type) && !element.checked) continue
    if (element.tagName === 'SELECT') kept[element.name].push(...Array.from(element.selectedOptions, o => o.value))
    else kept[element.name].push(element.value)
  }
  return kept
}

function keeper (form) {
  const { draftUrl, draftKey, draftSaved, draftFailed } = form.dataset
  const status = form.querySelector('[data-draft-status]')
  let timer = null
  let first = 0
  let last = JSON.stringify(contents(form))
  let leaving = false

  function say (text) {
    if (status && status.textContent !== text) status.textContent = text
  }

  function send (keepalive) {
    clearTimeout(timer)
    timer = null
    first = 0
    const data = JSON.stringify(contents(form))
    if (leaving || data === last) return
    fetch(draftUrl, {
      method: 'POST',
      credentials: 'same-origin',
      keepalive,
      headers: {
        'Content-Type': 'application/json',
        'X-CSRFToken': form.elements.csrfmiddlewaretoken?.value ?? ''
      },
      body: JSON.stringify({ key: draftKey, data: JSON.parse(data) })
    }).then(answer => {
      if (!answer.ok || answer.redirected) return failed()
      last = data
      say(draftSaved)
    }).catch(failed)
  }

  function failed () {
    say(draftFailed)
    timer ??= setTimeout(() => send(false), AGAIN)
  }

  function typed () {
    clearTimeout(timer)
    first ||= Date.now()
    timer = setTimeout(() => send(false), Math.min(WAIT, Math.max(0, first + LONGEST - Date.now())))
  }

  form.addEventListener('input', typed)
  form.addEventListener('change', typed)
  // The form itself is on its way: the server now decides what becomes of it.
  form.addEventListener('submit', () => { leaving = true; clearTimeout(timer) })
  window.addEventListener('pagehide', () => send(true))
  window.addEventListener('pageshow', () => { leaving = false })
}

export function keepDrafts () {
  document.querySelectorAll('form[data-draft-url][data-draft-key]').forEach(keeper)
}
