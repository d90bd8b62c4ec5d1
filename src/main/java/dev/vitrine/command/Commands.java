package dev.vitrine.command;

import dev.vitrine.delta.kernel.KernelTables;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the program can do instead of serving: `scaffold` and `compare`.
public final class Commands {

    /// Everything went well.
    public static final int DONE = 0;

    /// The contracts were compared, and the new one breaks what the old one promised.
    public static final int BROKEN = 1;

    /// The caller must change something; standard error says what.
    public static final int REFUSED = 2;

    private static final String SCAFFOLD = "scaffold";
    private static final String COMPARE = "compare";

    private Commands() {}

    /// Whether the arguments name a command. Spring's own options may stand before it: build tools put them there.
    public static boolean named(List<String> arguments) {
        return command(arguments).isPresent();
    }

    private static Optional<String> command(List<String> arguments) {
        return arguments.stream()
                .dropWhile(argument -> argument.startsWith("--"))
                .findFirst()
                .filter(Set.of(SCAFFOLD, COMPARE)::contains);
    }

    /// Runs the command, prints its result to `out` and everything else to `err`.
    ///
    /// @return the exit code of the process
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        String command = command(arguments).orElseThrow();
        List<String> options = arguments.subList(arguments.indexOf(command) + 1, arguments.size());
        try {
            int code = command.equals(COMPARE) ? compare(options, out) : scaffold(options, out, err);
            out.flush();
            return code;
        } catch (CommandRefused refused) {
            err.println(refused.getMessage());
            return REFUSED;
        }
    }

    private static int scaffold(List<String> options, PrintStream out, PrintStream err) {
        Scaffold scaffold = new Scaffold(KernelTables.using(Map.of()));
        out.print(scaffold.contractFor(ScaffoldOptions.parse(options), err));
        return DONE;
    }

    private static int compare(List<String> files, PrintStream out) {
        return Comparing.print(files, out) ? DONE : BROKEN;
    }
}
