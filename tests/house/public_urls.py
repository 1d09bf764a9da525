"""The short list of addresses that need no sign-in, by the name of their route, each with its reason."""

PUBLIC: dict[str, str] = {
    "sign_in": "signing in comes before everything else",
    "sign_out": "leaving is always possible",
    "join": "an invitation's one-time link is its own key",
    "language": "the pages for signing in are bilingual too",
    "set_language": "the pages for signing in are bilingual too",
    "gallery": "components with invented content, only where the setting shows it",
    "accessibility": "what the service does for accessibility",
    "privacy": "what the service does with what it holds",
    "cookies": "which cookies there are",
    "help": "how to use the service",
    "health": "whether the service answers, for whoever looks after it",
}
