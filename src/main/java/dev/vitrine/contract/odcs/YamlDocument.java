package dev.vitrine.contract.odcs;

import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// Reads one YAML document into a tree that knows its lines. Plain values are typed as in YAML 1.2: `yes` and `NO` are
/// text. Anchors work, up to a size that no contract needs.
final class YamlDocument {

    private static final int MAX_VALUES = 100_000;
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,100}");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.[0-9]{1,100}|[0-9]{1,100}(\\.[0-9]{0,100})?)([eE][-+]?[0-9]{1,3})?");
    private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.MAP, Tag.SEQ, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.NULL);

    private final Problems problems;
    private final Set<Node> around = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    private YamlDocument(Problems problems) {
        this.problems = problems;
    }

    /// The mapping at the root; empty if there is none, with the reason among the problems.
    static Optional<Yaml.Table> read(byte[] bytes, Problems problems) {
        Node root = compose(bytes, problems);
        if (root == null) {
            return Optional.empty();
        }
        YamlDocument document = new YamlDocument(problems);
        Yaml value = document.convert(root, "");
        if (document.values > MAX_VALUES) {
            return Optional.empty();
        }
        if (value instanceof Yaml.Table table) {
            return Optional.of(table);
        }
        if (problems.isEmpty()) {
            problems.add(value, "the document is " + value.kind(), "Write a mapping that begins with apiVersion");
        }
        return Optional.empty();
    }

    /// A document that is in order, less one of the keys at its root, and less its comments.
    static String without(String key, String text) {
        MappingNode root = (MappingNode) parser().compose(new StringReader(text));
        root.setValue(root.getValue().stream()
                .filter(entry -> !(entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)))
                .toList());
        StringWriter left = new StringWriter();
        parser().serialize(root, left);
        return left.toString();
    }

    private static @Nullable Node compose(byte[] bytes, Problems problems) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(0, "", "the file is not UTF-8 text", "Save it as UTF-8");
            return null;
        }
        try {
            Iterator<Node> documents =
                    parser().composeAll(new StringReader(text)).iterator();
            Node first = documents.hasNext() ? documents.next() : null;
            if (first == null) {
                problems.add(0, "", "the file is empty", "Write a contract, or remove the file");
            } else if (documents.hasNext()) {
                int line = line(documents.next());
                problems.add(line, "", "a second document begins here", "Write one contract a file, without ---");
                return null;
            }
            return first;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            int line = mark == null ? 0 : mark.getLine() + 1;
            String problem = String.valueOf(e.getProblem());
            problems.add(line, "", "this is not YAML: " + problem, fix(problem));
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            problems.add(line, "", "a control character, U+%04X".formatted(e.getCodePoint()), "Remove it or escape it");
        } catch (YAMLException e) {
            problems.add(0, "", "this is not readable YAML: " + e.getMessage(), "Make the file smaller and flatter");
        }
        return null;
    }

    private static String fix(String problem) {
        return problem.contains("TAB") ? "Indent with spaces, never with tabs" : "Look at the line and the one above";
    }

    private static org.yaml.snakeyaml.Yaml parser() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        DumperOptions writing = new DumperOptions();
        writing.setSplitLines(false);
        Resolver untyped = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                // Values are typed in typed(), as YAML 1.2 does; SnakeYAML would follow YAML 1.1.
            }
        };
        return new org.yaml.snakeyaml.Yaml(
                new SafeConstructor(options), new Representer(writing), writing, options, untyped);
    }

    private Yaml convert(Node node, String path) {
        int line = line(node);
        Yaml nothing = new Yaml.Leaf(line, path, null, "");
        if (++values > MAX_VALUES) {
            if (values == MAX_VALUES + 1) {
                problems.add(
                        line, path, "aliases (*) blow the document up", "Write the values out where they are used");
            }
            return nothing;
        }
        if (!TAGS.contains(node.getTag())) {
            problems.add(line, path, "the tag " + node.getTag() + " is not allowed", "Remove it");
            return nothing;
        }
        if (!around.add(node)) {
            problems.add(line, path, "an alias (*) that contains itself", "Write the values out");
            return nothing;
        }
        try {
            return switch (node) {
                case MappingNode mapping -> table(mapping, line, path);
                case SequenceNode sequence -> items(sequence, line, path);
                case ScalarNode scalar ->
                    new Yaml.Leaf(
                            line,
                            path,
                            scalar.isPlain() ? typed(scalar.getValue()) : scalar.getValue(),
                            scalar.getValue());
                default -> nothing;
            };
        } finally {
            around.remove(node);
        }
    }

    private Yaml.Table table(MappingNode node, int line, String path) {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            int keyLine = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(keyLine, path, "a key that is no plain text", "Write `name: value`");
                continue;
            }
            String name = key.getValue();
            String inner = path.isEmpty() ? name : path + "." + name;
            Integer earlier = lines.putIfAbsent(name, keyLine);
            if (earlier != null) {
                problems.add(keyLine, inner, "'" + name + "' is written twice, first in line " + earlier, "Keep one");
                continue;
            }
            entries.put(name, atKey(convert(tuple.getValueNode(), inner), keyLine));
        }
        return new Yaml.Table(line, path, entries);
    }

    /// A value is found where its key stands.
    private static Yaml atKey(Yaml value, int line) {
        return switch (value) {
            case Yaml.Table table -> new Yaml.Table(line, table.path(), table.entries());
            case Yaml.Items items -> new Yaml.Items(line, items.path(), items.values());
            case Yaml.Leaf leaf -> new Yaml.Leaf(line, leaf.path(), leaf.value(), leaf.text());
        };
    }

    private Yaml.Items items(SequenceNode node, int line, String path) {
        List<Yaml> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(convert(item, path + "[" + items.size() + "]"));
        }
        return new Yaml.Items(line, path, items);
    }

    private static @Nullable Object typed(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> numberOrText(text);
        };
    }

    private static Object numberOrText(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return text;
        }
        BigDecimal number = new BigDecimal(text);
        boolean whole = WHOLE.matcher(text).matches() && number.toBigInteger().bitLength() < Long.SIZE;
        return whole ? (Object) number.longValueExact() : number;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
