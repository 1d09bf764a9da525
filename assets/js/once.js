// A second click on a form that is already on its way sends nothing. The server
// keeps the same promise by the form's token; this spares the person the wait.
export function guardDoubleClicks () {
  document.querySelectorAll('form[method="post"]').forEach(form => {
    form.addEventListener('submit', event => {
      if (form.dataset.sent) {
        event.preventDefault()
        return
      }
      form.dataset.sent = 'yes'
      setTimeout(() => { delete form.dataset.sent }, 8000)
    })
  })
  // Coming back by the Back button must not find a form that refuses to be sent.
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-sent]').forEach(form => { delete form.dataset.sent })
  })
}
