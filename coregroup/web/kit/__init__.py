"""What every page stands on: layout, form fields, journeys' forms, routes that declare what they need."""
