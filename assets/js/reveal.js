// Shows the fields beneath an answer only with that answer. GOV.UK's own script for
// this puts aria-expanded on radio buttons, which their role does not allow.
function update (input) {
  const target = document.getElementById(input.dataset.reveals)
  if (!target) return
  const kind = input.type === 'radio' ? 'radios' : 'checkboxes'
  target.classList.toggle(`govuk-${kind}__conditional--hidden`, !input.checked)
}

export function revealAnswers () {
  const inputs = Array.from(document.querySelectorAll('input[data-reveals]'))
  const all = () => inputs.forEach(update)
  document.addEventListener('change', event => {
    if (['radio', 'checkbox'].includes(event.target.type)) all()
  })
  // Browsers put back what was chosen when one comes back to a page.
  window.addEventListener('pageshow', all)
  all()
}
