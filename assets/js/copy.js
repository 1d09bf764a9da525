// A button beside a link to hand over. It is hidden until this script shows it.
export function copyButtons () {
  document.querySelectorAll('[data-copy]').forEach(button => {
    const source = document.getElementById(button.dataset.copy)
    const status = document.getElementById(button.dataset.copyStatus)
    if (!source) return
    button.hidden = false
    button.addEventListener('click', async () => {
      source.select()
      try {
        await navigator.clipboard.writeText(source.value)
      } catch {
        document.execCommand('copy') // pages without https have no clipboard
      }
      if (status) status.textContent = button.dataset.copied
    })
  })
}
