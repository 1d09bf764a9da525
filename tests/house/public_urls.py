"""The short list of addresses that need no sign-in, by the name of their route, each with its reason."""

PUBLIC: dict[str, str] = {
    "account_login": "signing in comes before everything else",
    "account_logout": "leaving is always possible",
    "account_inactive": "says that an account is not in use",
    "account_reset_password": "whoever forgot the password cannot sign in to say so",
    "account_reset_password_done": "says that a letter is on its way, whether or not the address is known",
    "account_reset_password_from_key": "the link in that letter is its own key",
    "account_reset_password_from_key_done": "says that the new password is set",
    "first_password_link": "a one-time link is its own key",
    "first_password": "where that link leads, its key now in the session",
    "join_link": "an invitation's one-time link is its own key",
    "join": "where that link leads, its key now in the session",
    "language": "the pages for signing in are bilingual too",
    "gallery": "components with invented content, only where the setting shows it",
}
