// Points out words that a parent may stumble over while somebody types, with what they mean and what to say
// instead. It never stands in the way: nothing is refused, and a word is replaced only by pressing its button.
const WAIT = 1200

function edge (letter) {
  return letter === undefined || !/[\p{L}\p{N}_-]/u.test(letter)
}

// Every place where the word stands by itself, as it was written.
export function replaced (text, word, instead) {
  let done = ''
  let from = 0
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    if (!edge(text[at - 1]) || !edge(text[at + word.length])) continue
    done += text.slice(from, at) + instead
    from = at + word.length
  }
  return done + text.slice(from)
}

function line (field, place, { word, means, instead }) {
  const item = document.createElement('li')
  const strong = document.createElement('strong')
  strong.textContent = `“${word}”`
  item.append(strong, means ? `: ${means} ` : `: ${place.dataset.unknown}`)
  if (instead) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'cg-link-button'
    button.textContent = place.dataset.use.replace('{}', instead)
    button.addEventListener('click', () => {
      field.value = replaced(field.value, word, instead)
      item.remove()
      field.focus()
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    item.append(button)
  }
  return item
}

function show (field, place, findings) {
  const told = JSON.stringify(findings.map(one => one.word))
  if (place.dataset.told === told) return
  place.dataset.told = told
  place.hidden = findings.length === 0
  const list = document.createElement('ul')
  list.append(...findings.map(one => line(field, place, one)))
  place.replaceChildren()
  if (!findings.length) return
  const heading = document.createElement('p')
  heading.append(Object.assign(document.createElement('strong'), { textContent: place.dataset.heading }))
  place.append(heading, list)
}

function ask (field) {
  const place = document.getElementById(`${field.id}-plainer`)
  if (!place) return
  if (field.value.trim().length < 2) return show(field, place, [])
  const asked = field.value
  fetch(field.dataset.plainer, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      'Content-Type': 'application/json',
      'X-CSRFToken': field.form?.elements.csrfmiddlewaretoken?.value ?? ''
    },
    body: JSON.stringify({ text: asked })
  }).then(answer => answer.ok && !answer.redirected ? answer.json() : null)
    .then(data => { if (data && field.value === asked) show(field, place, data.findings ?? []) })
    .catch(() => {}) // advice is not worth a warning
}

export function plainerWords () {
  const waiting = new WeakMap()
  const soon = (field, wait) => {
    clearTimeout(waiting.get(field))
    waiting.set(field, setTimeout(() => ask(field), wait))
  }
  document.addEventListener('input', event => {
    if (event.target.dataset?.plainer) soon(event.target, WAIT)
  })
  document.querySelectorAll('[data-plainer]').forEach(field => { if (field.value) soon(field, 0) })
}
