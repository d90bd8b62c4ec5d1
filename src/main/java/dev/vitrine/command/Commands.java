package dev.vitrine.command;

import dev.vitrine.delta.kernel.KernelTables;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// What the program can do instead of serving: `scaffold`.
public final class Commands {

    /// Everything went well.
    public static final int DONE = 0;

    /// The caller must change something; standard error says what.
    public static final int REFUSED = 2;

    private static final String SCAFFOLD = "scaffold";

    private Commands() {}

    /// Whether the arguments name a command. Spring's own options may stand before it: build tools put them there.
    public static boolean named(List<String> arguments) {
        return arguments.stream()
                .dropWhile(argument -> argument.startsWith("--"))
                .findFirst()
                .filter(SCAFFOLD::equals)
                .isPresent();
    }

    /// Runs the command, prints its result to `out` and everything else to `err`.
    ///
    /// @return the exit code of the process
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<String> options = arguments.subList(arguments.indexOf(SCAFFOLD) + 1, arguments.size());
        try {
            Scaffold scaffold = new Scaffold(KernelTables.using(Map.of()));
            out.print(scaffold.contractFor(ScaffoldOptions.parse(options), err));
            out.flush();
            return DONE;
        } catch (CommandRefused refused) {
            err.println(refused.getMessage());
            return REFUSED;
        }
    }
}
