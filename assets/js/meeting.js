// The meeting's workspace. Keeps what is typed a second after the last key and at least every two seconds,
// asks every three seconds what the others have written, and loses nothing that was typed: what the server
// has not acknowledged stays in this tab and is sent again, under the same token, until it is.
const PAUSE = 1000
const LONGEST = 2000
const ASK = 3000
const AGAIN = 2000
const PATIENCE = 10000

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
const token = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('')

// One thing that is written: its fields on this page, what is dirty, what is on its way.
class Thing {
  constructor (desk, element) {
    this.desk = desk
    this.element = element
    const { thing, kind, about, child, code, base } = element.dataset
    this.name = thing
    this.parts = { kind, about, child, code }
    this.base = Number(base) // the number that this page's own texts were begun from
    this.shown = this.base // the number that the page shows
    this.dirty = new Map()
    this.waiting = new Map() // what was typed here where somebody else wrote too, until it is decided
    this.sending = null
    this.first = 0
    this.timer = null
    element.addEventListener('input', event => this.typed(event.target))
    element.addEventListener('change', event => this.typed(event.target, true))
  }

  inputs (field) { return Array.from(this.element.querySelectorAll('[data-field]')).filter(one => one.dataset.field === field) }

  value (field) {
    const inputs = this.inputs(field)
    if (inputs[0]?.type !== 'radio') return inputs[0]?.value ?? ''
    return inputs.find(one => one.checked)?.value ?? ''
  }

  put (field, value) {
    for (const input of this.inputs(field)) {
      if (input.type === 'radio') input.checked = input.value === value
      else if (input.value !== value) input.value = value
    }
  }

  typed (input, chosen) {
    const field = input.dataset.field
    if (!field || (chosen && this.dirty.get(field) === undefined && this.sent?.[field] === this.value(field))) return
    if (this.waiting.has(field)) {
      this.waiting.set(field, this.value(field))
      this.remember()
      return
    }
    this.dirty.set(field, this.value(field))
    this.remember()
    this.desk.pending()
    clearTimeout(this.timer)
    this.first ||= Date.now()
    const wait = input.type === 'radio' ? 0 : Math.min(PAUSE, Math.max(0, this.first + LONGEST - Date.now()))
    this.timer = setTimeout(() => this.save(), wait)
  }

  get unsent () { return this.dirty.size > 0 || this.sending !== null }

  remember () {
    const kept = this.unsent || this.waiting.size
    // What waits for a decision goes with the number it was begun from, so that both texts are shown again.
    const base = this.waiting.size ? this.before : this.base
    const dirty = Object.fromEntries([...this.dirty, ...this.waiting])
    this.desk.remember(this.name, kept ? { parts: this.parts, base, sending: this.sending, dirty } : null)
  }

  // What was typed before this page was opened again and never acknowledged.
  recall (kept) {
    if (kept.sending) {
      this.sending = kept.sending
      for (const [field, value] of Object.entries(kept.sending.content)) this.put(field, value)
    }
    if (!kept.sending) this.base = kept.base
    for (const [field, value] of Object.entries(kept.dirty)) {
      this.put(field, value)
      this.dirty.set(field, value)
    }
    if (this.sending) this.deliver()
    else this.save()
  }

  save () {
    clearTimeout(this.timer)
    this.first = 0
    if (this.sending || !this.dirty.size || this.desk.over) return this.done
    this.sending = { ...this.parts, content: Object.fromEntries(this.dirty), base: this.base, token: token() }
    this.dirty.clear()
    this.remember()
    this.done = this.deliver()
    return this.done
  }

  async deliver () {
    while (this.sending) {
      const answer = await this.desk.post(this.sending)
      if (answer === 'again') await new Promise(resolve => setTimeout(resolve, AGAIN))
      else this.answered(answer)
    }
  }

  answered ({ status, data }) {
    const { content: sent, base } = this.sending
    this.sending = null
    if (status === 200) {
      this.sent = { ...this.sent, ...sent }
      if (data.kept >= this.shown) {
        this.base = this.shown = data.kept
        this.show(data.content, data.findings)
      }
      this.by(this.desk.words.you, data.time)
      this.faults([])
      this.desk.kept(data.time)
    } else if (status === 409) this.both(data, sent, base)
    else {
      for (const [field, value] of Object.entries(sent)) if (!this.dirty.has(field) && status !== 400) this.dirty.set(field, value)
      this.faults(data.faults ?? [[null, data.refused ?? this.desk.words.notpossible]])
      this.desk.say(data.refused ?? this.desk.words.notkept, true)
      if (status === 403) this.desk.over = true
    }
    this.remember()
    if (this.dirty.size && !this.desk.over) this.save()
  }

  // What stands now; a field in which somebody types here keeps what is typed.
  show (content, findings = {}) {
    const hidden = this.element.querySelector('[data-base]')
    if (hidden) hidden.value = this.base
    for (const [field, value] of Object.entries(content)) {
      const mine = this.dirty.has(field) || this.waiting.has(field) || (this.sending && field in this.sending.content)
      if (!mine) this.put(field, value)
    }
    for (const place of this.element.querySelectorAll('[data-findings]')) {
      const found = findings[place.dataset.findings] ?? []
      place.hidden = !found.length
      place.textContent = found.length ? this.desk.words.plain + ' ' + found.map(one => one.word + ' – ' + one.means + (one.instead ? ' (' + one.instead + ')' : '')).join('; ') : ''
    }
  }

  by (name, time) {
    const place = this.element.querySelector('[data-by]')
    if (!place) return
    place.hidden = false
    place.textContent = fill(this.desk.words.by, { name, time })
  }

  faults (found) {
    const place = this.element.querySelector('[data-faults]')
    if (place) {
      place.textContent = found.map(([, sentence]) => sentence).join(' ')
      place.hidden = !found.length
    }
  }

  // Somebody else saved: untouched fields take their text, one being typed in shows both.
  theirs (entry) {
    if (entry.kept <= this.shown || this.sending) return
    // What is not for everybody in the room appears on no projector by itself.
    if (entry.narrow && entry.kind !== 'restricted' && !this.element.closest('details')) return this.desk.more(entry.by)
    this.shown = entry.kept
    if (!this.dirty.size) this.base = entry.kept
    this.show(entry.content)
    if (Object.keys(entry.content).some(field => this.dirty.has(field))) this.save()
    this.by(entry.own ? this.desk.words.you : entry.by, entry.time)
    this.element.classList.add('cg-slot--changed')
  }

  // Both wrote in the same field: both texts stand here until one is chosen, and nothing is overwritten.
  both (data, sent, base) {
    this.before = this.waiting.size ? Math.min(this.before, base) : base
    this.base = Math.max(this.base, data.kept)
    this.desk.say(fill(this.desk.words.clash, { name: data.by }), true)
    for (const [field, value] of Object.entries(sent)) {
      if (field in data.clash) {
        this.waiting.set(field, this.dirty.get(field) ?? value)
        this.dirty.delete(field)
        this.choose(field, data)
      } else if (!this.dirty.has(field)) this.dirty.set(field, value) // nobody else's: goes again
    }
  }

  choose (field, { clash, kept, by }) {
    const place = this.element.querySelector(`[data-clash="${field}"]`)
    if (!place) return
    const { theirs } = clash[field]
    const draw = this.desk.template.content.cloneNode(true)
    const label = value => this.inputs(field).find(one => one.type === 'radio' && one.value === value)?.labels?.[0]?.textContent ?? value
    draw.querySelector('[data-who]').textContent = fill(this.desk.words.wrote, { name: by })
    draw.querySelector('[data-theirs]').textContent = label(theirs)
    draw.querySelector('[data-keep="theirs"]').addEventListener('click', () => this.decide(field, theirs, kept))
    draw.querySelector('[data-keep="mine"]').addEventListener('click', () => this.decide(field, this.waiting.get(field), kept, true))
    place.replaceChildren(draw)
  }

  decide (field, value, number, mine) {
    this.element.querySelector(`[data-clash="${field}"]`).replaceChildren()
    this.waiting.delete(field)
    this.base = Math.max(this.base, number)
    this.put(field, value)
    if (mine) this.dirty.set(field, value)
    this.remember()
    this.save()
    this.inputs(field)[0]?.focus()
  }
}

class Desk {
  constructor (root) {
    this.root = root
    this.words = JSON.parse(root.dataset.words)
    this.status = root.querySelector('[data-status]')
    this.template = root.querySelector('template[data-both]')
    this.store = `cg ${root.dataset.writer} ${root.dataset.keep} `
    this.csrf = document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? ''
    this.cursor = root.dataset.cursor
    this.marks = null
    this.over = false
    this.things = new Map()
    for (const element of root.querySelectorAll('[data-thing]')) {
      const thing = new Thing(this, element)
      this.things.set(thing.name, thing)
    }
    try { this.recall() } catch { /* no store here: nothing to recall */ }
    this.watch()
    this.ask()
  }

  watch () {
    // What is merely on its way arrives; a warning only where it could not be sent, or waits for a decision.
    window.addEventListener('beforeunload', event => { if (this.undecided || (this.unsent && this.troubled)) event.preventDefault() })
    window.addEventListener('pagehide', () => this.things.forEach(thing => thing.save()))
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.ask(); else this.things.forEach(thing => thing.save()) })
    for (const form of this.root.querySelectorAll('form[data-steps]')) {
      form.addEventListener('submit', async event => {
        if (!this.unsent) return
        event.preventDefault()
        this.things.forEach(thing => thing.save())
        const pause = new Promise(resolve => setTimeout(resolve, 3000))
        await Promise.race([Promise.all(Array.from(this.things.values(), thing => thing.done)), pause])
        if (!this.unsent) form.submit()
        else delete form.dataset.sent
      })
    }
  }

  get undecided () { return Array.from(this.things.values()).some(thing => thing.waiting.size) }

  get unsent () { return Array.from(this.things.values()).some(thing => thing.unsent) }

  say (text, loud) {
    if (this.status.textContent !== text) this.status.textContent = text
    this.status.classList.toggle('cg-meeting__status--loud', Boolean(loud))
  }

  pending () { if (!this.troubled) this.say(this.words.saving) }

  kept (time) {
    this.troubled = false
    if (!this.unsent) this.say(fill(this.words.saved, { time }))
  }

  remember (name, kept) {
    try {
      if (kept) sessionStorage.setItem(this.store + name, JSON.stringify(kept))
      else sessionStorage.removeItem(this.store + name)
    } catch { /* a full or forbidden store: the text is still on the page */ }
  }

  // What this person typed in this tab and never saw acknowledged, on this step or another.
  recall () {
    for (const key of Object.keys(sessionStorage).filter(one => one.startsWith(this.store))) {
      const name = key.slice(this.store.length)
      let kept
      try { kept = JSON.parse(sessionStorage.getItem(key)) } catch { continue }
      if (!this.things.has(name)) {
        const ghost = document.createElement('div')
        Object.assign(ghost.dataset, { ...kept.parts, thing: name, base: kept.base })
        this.things.set(name, new Thing(this, ghost))
      }
      this.things.get(name).recall(kept)
    }
  }

  async fetch (address, options = {}) {
    const stop = new AbortController()
    const late = setTimeout(() => stop.abort(), PATIENCE)
    try {
      return await fetch(address, { credentials: 'same-origin', redirect: 'manual', signal: stop.signal, ...options })
    } finally { clearTimeout(late) }
  }

  async post (sending) {
    const body = JSON.stringify(sending)
    try {
      const answer = await this.fetch(this.root.dataset.keep, {
        method: 'POST',
        keepalive: body.length < 20000, // browsers let only small ones outlive the page
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': this.csrf },
        body
      })
      if (answer.type === 'opaqueredirect') return this.trouble(this.words.signedout, true)
      const json = answer.headers.get('Content-Type')?.startsWith('application/json')
      if (answer.status === 403 && !json) return await this.renew() ? this.trouble(this.words.trying) : this.trouble(this.words.signedout, true)
      if (!json) return this.trouble(this.words.trying)
      return { status: answer.status, data: await answer.json() }
    } catch { return this.trouble(this.words.trying) }
  }

  trouble (text, signIn) {
    this.troubled = true
    this.say(text, true)
    if (signIn) {
      const link = document.createElement('a')
      link.className = 'govuk-link'
      link.href = this.root.dataset.signIn
      link.target = '_blank'
      link.textContent = this.words.signin
      this.status.append(' ', link)
    }
    return 'again'
  }

  // Somebody signed in again: the page's own token is of the session before. False where nobody is signed in.
  async renew () {
    const answer = await this.fetch(location.href)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    this.csrf = page.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? this.csrf
    return answer.type !== 'opaqueredirect'
  }

  async ask () {
    clearTimeout(this.next)
    if (!document.hidden && !this.over) {
      try {
        const answer = await this.fetch(`${this.root.dataset.changes}?since=${encodeURIComponent(this.cursor)}`)
        if (answer.ok) this.heard(await answer.json())
      } catch { /* the line is down: asked again below */ }
    }
    clearTimeout(this.next)
    if (!this.over) this.next = setTimeout(() => this.ask(), ASK)
  }

  heard (found) {
    this.cursor = found.cursor
    for (const entry of found.entries) {
      const thing = this.things.get(entry.thing)
      if (thing) thing.theirs(entry)
      else if (!entry.own && this.here(entry)) this.more(entry.by)
    }
    const changed = Object.keys(found.marks).filter(name => this.marks && found.marks[name] !== this.marks[name])
    this.marks = found.marks
    for (const name of changed) this.refresh(name)
    if (found.state !== 'in_session') {
      this.over = true
      this.say(this.words.over, true)
    }
  }

  here ({ kind, thing }) {
    const kinds = (this.root.dataset.kinds ?? '').split(' ')
    return kinds.includes(kind) && (kind !== 'note' || thing.endsWith(':' + this.root.dataset.step))
  }

  more (name) {
    const place = this.root.querySelector('[data-more]')
    if (!place) return
    place.hidden = false
    place.querySelector('[data-who]').textContent = fill(this.words.more, { name: name || this.words.somebody })
  }

  // Draws again what this page shows of the plan or the chronology, unless somebody is in the middle of it.
  async refresh (name) {
    const regions = this.root.querySelectorAll(`[data-refresh~="${name}"]`)
    if (!regions.length) return
    const text = await (await this.fetch(location.href)).text()
    const fresh = new DOMParser().parseFromString(text, 'text/html')
    for (const region of regions) {
      const drawn = region.id && fresh.getElementById(region.id)
      if (!drawn) continue
      if (region.contains(document.activeElement)) this.more('')
      else region.replaceChildren(...drawn.childNodes)
    }
  }
}

export function meetings () {
  const root = document.querySelector('[data-meeting]')
  if (root) new Desk(root) // eslint-disable-line no-new
}
