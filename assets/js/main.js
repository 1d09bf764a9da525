// The pages' only script. Every page works without it; it adds comfort:
// components that open and close, drafts kept while typing, a copy button.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'
import { ServiceNavigation } from 'govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'
import { keepDrafts } from './drafts.js'
import { copyButtons } from './copy.js'
import { meetings } from './meeting.js'
import { guardDoubleClicks } from './once.js'
import { plainerWords } from './plainer.js'
import { revealAnswers } from './reveal.js'

const components = [
  Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput,
  ServiceNavigation, SkipLink
]

// A component that fails leaves plain HTML behind, and the others still start.
function start (Component) {
  document.querySelectorAll(`[data-module="${Component.moduleName}"]`).forEach(element => {
    try {
      new Component(element) // eslint-disable-line no-new
    } catch (fault) {
      console.warn(fault)
    }
  })
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
components.forEach(start)
revealAnswers()
keepDrafts()
copyButtons()
plainerWords()
meetings()
guardDoubleClicks()
