"""Tables for those who oversee: a conference chair's plans, a manager's staff."""
