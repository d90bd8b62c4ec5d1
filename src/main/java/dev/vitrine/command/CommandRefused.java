package dev.vitrine.command;

import java.util.List;

/// The command cannot do what it was asked for; the message says everything that must change.
final class CommandRefused extends RuntimeException {

    static final String USAGE = "Usage: scaffold --table=<path of a Delta table> --key=<column>[,<column>]"
            + " [--product=<name>] [--entity=<name>]";

    CommandRefused(List<String> problems) {
        super("scaffold: " + String.join("\nscaffold: ", problems) + "\n" + USAGE);
    }
}
