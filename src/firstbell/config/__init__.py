"""The only room that knows all the others: settings, addresses, navigation, command line, wiring of events."""
