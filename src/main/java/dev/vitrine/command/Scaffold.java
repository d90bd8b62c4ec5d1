package dev.vitrine.command;

import dev.vitrine.delta.DeltaSchema;
import dev.vitrine.delta.DeltaTables;
import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Primitive;
import dev.vitrine.delta.TableMissing;
import dev.vitrine.delta.TableUnreadable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the first contract for a Delta table: one that can be served as it stands, with comments on what to decide.
record Scaffold(DeltaTables tables) {

    private static final String USAGE = "scaffold --table=<path of a Delta table> --key=<column>[,<column>]"
            + " [--product=<name>] [--entity=<name>]";
    private static final Set<Primitive> NO_KEYS = EnumSet.of(Primitive.FLOAT, Primitive.DOUBLE, Primitive.BINARY);

    /// @param notes takes what a person should know beside the contract, as YAML comments: where a build tool joins
    /// standard error with standard output, the result is a contract all the same
    /// @throws CommandRefused options, table or key are not usable
    String contractFor(ScaffoldOptions options, PrintStream notes) {
        List<String> problems = new ArrayList<>(options.problems());
        DeltaSchema schema = schema(options, problems);
        if (options.key().isEmpty()) {
            problems.add("--key is missing: name the column, or columns, whose values no two rows share"
                    + (schema == null ? "" : "; the table has " + names(schema)));
        }
        List<String> key = schema == null ? List.of() : keyColumns(schema, options.key(), problems);
        options.product()
                .filter(product -> !product.matches("[A-Za-z0-9_-]+"))
                .ifPresent(product -> problems.add(
                        "--product=%s cannot stand in an address; use letters, digits, - and _".formatted(product)));
        options.entity()
                .filter(entity -> !entity.matches("[A-Za-z_][A-Za-z0-9_-]*"))
                .ifPresent(entity -> problems.add(
                        "--entity=%s cannot stand in an address; use letters, digits, - and _, a letter first"
                                .formatted(entity)));
        if (schema == null || options.table().isEmpty() || !problems.isEmpty()) {
            throw new CommandRefused("scaffold", problems, USAGE);
        }
        if (!schema.feedEnabled()) {
            notes.println(
                    "# scaffold: the change feed of the table is off, so that every new version will be read whole;"
                            + " turn it on with ALTER TABLE … SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
        }
        schema.columns().stream()
                .filter(column -> !FieldLines.canServe(column.type()))
                .forEach(column -> notes.println("# scaffold: left out column %s: values of type %s cannot be served"
                        .formatted(column.name(), column.type().text())));
        TableLocation location = TableLocation.of(options.table().get());
        return new ContractText(schema, location, key, options.product(), options.entity()).text();
    }

    private @Nullable DeltaSchema schema(ScaffoldOptions options, List<String> problems) {
        Optional<String> table = options.table();
        if (table.isEmpty()) {
            problems.add("--table is missing: give the path of a Delta table, the folder that holds _delta_log");
            return null;
        }
        try {
            return tables.schema(table.get());
        } catch (TableMissing missing) {
            problems.add("there is no Delta table at %s; --table must name the folder that holds _delta_log"
                    .formatted(TableLocation.of(table.get()).whole()));
        } catch (TableUnreadable unreadable) {
            problems.add("the table cannot be read: " + unreadable.getMessage());
        }
        return null;
    }

    /// The names as the table spells them; Delta compares them without case.
    private static List<String> keyColumns(DeltaSchema schema, List<String> asked, List<String> problems) {
        List<String> key = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : asked) {
            Optional<DeltaType.Column> found = schema.columns().stream()
                    .filter(column -> column.name().equalsIgnoreCase(name))
                    .findFirst();
            if (found.isEmpty()) {
                problems.add("the table has no column %s for --key; it has %s".formatted(name, names(schema)));
            } else if (!canBeKey(found.get().type())) {
                problems.add("column %s cannot be part of the key: it is %s; take a text, a whole number, a decimal, a"
                                .formatted(name, found.get().type().text())
                        + " boolean, a date or a timestamp");
            } else if (seen.add(found.get().name())) {
                key.add(found.get().name());
            }
        }
        return key;
    }

    private static boolean canBeKey(DeltaType type) {
        return switch (type) {
            case Primitive primitive -> !NO_KEYS.contains(primitive);
            case DeltaType.Decimal decimal -> true;
            case DeltaType.Struct struct -> false;
            case DeltaType.Array array -> false;
            case DeltaType.Map map -> false;
            case DeltaType.Unsupported unsupported -> false;
        };
    }

    private static String names(DeltaSchema schema) {
        return String.join(
                ", ", schema.columns().stream().map(DeltaType.Column::name).toList());
    }
}
