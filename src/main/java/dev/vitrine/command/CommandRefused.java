package dev.vitrine.command;

import java.util.List;

/// The command cannot do what it was asked for; the message says everything that must change.
final class CommandRefused extends RuntimeException {

    /// @param command its name
    /// @param usage how it is called
    CommandRefused(String command, List<String> problems, String usage) {
        super(command + ": " + String.join("\n" + command + ": ", problems) + "\nUsage: " + usage);
    }
}
