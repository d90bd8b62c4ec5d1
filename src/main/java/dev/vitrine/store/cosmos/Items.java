package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.store.KeptValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The items of a generation's container. Under a key there is one that says what is known of it, and one for each of
/// its letters, in the same logical partition, so that they change together:
///
/// | | kind | |
/// |---|---|---|
/// | entity | `e` | `v` and `c`: version and time of the commit that wrote it, `d` the document as text (numbers of the
/// service are doubles), `i` the index values |
/// | withheld key | `w` | `v`, `r` the reason, `l` ids of the letters' items, `m` how many were dismissed |
/// | rows without key | `k` | the same |
/// | tombstone | `x` | `v`: what was deleted stays known until no writer can bring it back |
/// | letter | `l` | `n` its id, `d` the row, `h` its hash, `j` values of the columns, … |
///
/// `b` says whether the key was live at the checkpoint that the writer started from: a writer that takes over after a
/// kill between some of these writes and the move of the checkpoint counts entities by it.
/// @param columns of the table that writes or reads
/// @param placement of the container
record Items(Columns columns, Placement placement) {

    static final String VALUES = "i";
    static final String ENTITY = "e";
    static final String WITHHELD = "w";
    static final String KEYLESS = "k";
    static final String TOMBSTONE = "x";
    static final String LETTER = "l";

    /// A little below the service's limit of 2 MB an item.
    private static final int MAX_BYTES = 2_000_000;

    private static final int CUT = 100_000;

    /// Whether an entity's item can hold a row.
    static boolean fits(Copy copy) {
        return Texts.length(copy.row()) + size(copy.values()) <= MAX_BYTES;
    }

    /// As JSON, at most, with what else is in an item.
    private static int size(List<@Nullable Object> values) {
        int size = 1000;
        for (Object value : values) {
            size += value instanceof String text ? 6 * text.length() + 20 : 20;
        }
        return size;
    }

    /// What says what is known under a key.
    ///
    /// @param version of the commit that made the state
    /// @param tombstone how long a tombstone lives
    /// @param segment of a load in which it came; null after the load
    ObjectNode slot(
            String id,
            KeyState state,
            long version,
            boolean liveBefore,
            Duration tombstone,
            @Nullable Segment segment) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("id", id).put("v", version).put("b", liveBefore);
        placement.put(item, id);
        if (segment != null) {
            item.put("s", segment.files()).put("w", segment.token()).put("o", segment.row());
        }
        if (state.isAbsent()) {
            return item.put("t", TOMBSTONE).put("ttl", tombstone.toSeconds());
        }
        if (state.isLive()) {
            Copy copy = state.copies().getFirst();
            item.put("t", ENTITY).put("v", copy.written()).put("c", String.valueOf(copy.committed()));
            Texts.put(item, copy.row());
            values(item.putObject(VALUES), copy.values(), true);
            return item;
        }
        item.put("t", Ids.isKeyless(id) ? KEYLESS : WITHHELD).put("m", state.dismissed());
        if (state.reason() != null) {
            item.put("r", state.reason().name());
        }
        ArrayNode letters = item.putArray("l");
        state.copies().forEach(copy -> letters.add(letter(copy).item()));
        return item;
    }

    /// Where in a load a row came.
    ///
    /// @param files that were kept before
    /// @param token of the writer
    /// @param row a number that the writer gave no other row
    record Segment(int files, long token, long row) {}

    ObjectNode letterItem(String slot, Copy copy, boolean hasKey) {
        Copy.Letter letter = letter(copy);
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        placement.put(item, slot);
        item.put("id", letter.item())
                .put("t", LETTER)
                .put("n", letter.id())
                .put("v", letter.version())
                .put("r", letter.reason().name())
                .put("a", letter.detail())
                .put("h", copy.hash())
                .put("g", copy.servable())
                .put("q", copy.written())
                .put("c", String.valueOf(copy.committed()))
                .put("f", KeptValues.micros(letter.firstSeen()))
                .put("u", KeptValues.micros(letter.lastSeen()))
                .put("y", hasKey);
        if (copy.segment() != Copy.NO_SEGMENT) {
            item.put("s", copy.segment());
        }
        if (!fits(copy)) {
            Texts.putCut(item, copy.row(), CUT);
        } else {
            Texts.put(item, copy.row());
        }
        if (size(copy.values()) > MAX_BYTES - 6 * CUT) {
            // not even the key fits
            item.put("y", false);
        } else {
            values(item.putObject("j"), copy.values(), false);
        }
        return item;
    }

    private static Copy.Letter letter(Copy copy) {
        Copy.Letter letter = copy.letter();
        if (letter == null) {
            throw new IllegalArgumentException("the row is no letter");
        }
        return letter;
    }

    private void values(ObjectNode node, List<@Nullable Object> values, boolean nulls) {
        for (int i = 0; i < values.size(); i++) {
            String name = columns.indexed().get(i).name();
            switch (values.get(i)) {
                case null -> {
                    if (nulls) {
                        node.putNull(name);
                    }
                }
                case Boolean bool -> node.put(name, bool);
                case Long number -> node.put(name, number);
                case String text -> node.put(name, text);
                case Object other -> throw new IllegalArgumentException("no kept value: " + other.getClass());
            }
        }
    }

    /// Reads a letter's item, or an entity's as the row that it is.
    Copy copy(JsonNode item) {
        boolean isLetter = kind(item).equals(LETTER);
        List<@Nullable Object> values = new ArrayList<>();
        JsonNode kept = item.path(isLetter ? "j" : VALUES);
        columns.indexed().forEach(column -> values.add(column.kept(kept)));
        Copy.Letter letter = !isLetter
                ? null
                : new Copy.Letter(
                        item.path("id").textValue(),
                        item.path("n").longValue(),
                        item.path("v").longValue(),
                        Reason.valueOf(item.path("r").textValue()),
                        item.path("a").textValue(),
                        seen(item, "f"),
                        seen(item, "u"));
        byte[] row = Texts.get(item);
        return new Copy(
                row,
                isLetter ? item.path("h").textValue() : Ids.hash(row),
                values,
                !isLetter || item.path("g").booleanValue(),
                item.path(isLetter ? "q" : "v").longValue(),
                committed(item),
                item.hasNonNull("s") ? item.path("s").intValue() : Copy.NO_SEGMENT,
                letter);
    }

    /// Reads what is known under a key.
    ///
    /// @param letters items of its letters
    Stored stored(JsonNode item, List<ObjectNode> letters) {
        List<Copy> copies = new ArrayList<>();
        if (kind(item).equals(ENTITY)) {
            copies.add(copy(item));
        }
        letters.stream()
                .map(this::copy)
                .sorted(Comparator.comparingLong(Copy::written)
                        .thenComparingLong(copy -> letter(copy).id()))
                .forEach(copies::add);
        String reason = item.path("r").textValue();
        return new Stored(
                new KeyState(copies, item.path("m").intValue(), reason == null ? null : Reason.valueOf(reason)),
                item.path("_etag").textValue(),
                item.path("v").longValue(),
                item.path("b").booleanValue(),
                item.hasNonNull("s")
                        ? new Segment(
                                item.path("s").intValue(),
                                item.path("w").longValue(),
                                item.path("o").longValue())
                        : null);
    }

    /// Ids of the items of a key's letters.
    static List<String> letterIds(JsonNode item) {
        return Standing.texts(item.path("l"));
    }

    static Instant seen(JsonNode letter, String name) {
        return KeptValues.instant(letter.path(name).longValue());
    }

    static long committed(JsonNode item) {
        return Long.parseLong(item.path("c").textValue());
    }

    static String kind(JsonNode item) {
        return item.path("t").asText();
    }
}
