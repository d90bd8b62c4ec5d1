package dev.vitrine.store.cache;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.GoldTable;
import dev.vitrine.contract.IndexedColumn;
import dev.vitrine.contract.ScalarValues;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.entity.EntityKey;
import dev.vitrine.entity.Order;
import dev.vitrine.entity.Page;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.Lookup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Entities and pages of a table as bytes, for a shared cache.
public final class Forms {

    private static final int ABSENT = 'A';
    private static final int WITHHELD = 'W';
    private static final int FOUND = 'F';
    private static final int NULL = -1;

    private Forms() {}

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    /// What is known under a key.
    public static byte[] of(Lookup lookup) {
        return bytes(out -> {
            switch (lookup) {
                case Lookup.Absent absent -> out.writeByte(ABSENT);
                case Lookup.Withheld withheld -> {
                    out.writeByte(WITHHELD);
                    out.writeUTF(withheld.reason().name());
                }
                case Lookup.Found found -> {
                    out.writeByte(FOUND);
                    write(out, found.entity());
                }
            }
        });
    }

    static Lookup lookup(byte[] bytes, EntityKey key) {
        return read(bytes, in -> switch (in.readByte()) {
            case ABSENT -> new Lookup.Absent();
            case WITHHELD -> new Lookup.Withheld(Reason.valueOf(in.readUTF()));
            default -> new Lookup.Found(entity(in, key));
        });
    }

    static byte[] of(Page page, GoldTable table, Order order) {
        return bytes(out -> {
            out.writeInt(page.items().size());
            for (Entity item : page.items()) {
                write(out, item.key(), table);
                write(out, item);
            }
            Page.Position next = page.next();
            out.writeBoolean(next != null);
            if (next != null) {
                for (int i = 0; i < order.terms().size(); i++) {
                    write(
                            out,
                            order.terms().get(i).column().type(),
                            next.terms().get(i));
                }
                write(out, next.key(), table);
            }
        });
    }

    static Page page(byte[] bytes, GoldTable table, Order order) {
        return read(bytes, in -> {
            List<Entity> items = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                items.add(entity(in, key(in, table)));
            }
            if (!in.readBoolean()) {
                return new Page(items, null);
            }
            List<@Nullable Object> terms = new ArrayList<>();
            for (Order.Term term : order.terms()) {
                terms.add(value(in, term.column().type()));
            }
            return new Page(items, new Page.Position(Collections.unmodifiableList(terms), key(in, table)));
        });
    }

    private static void write(DataOutputStream out, Entity entity) throws IOException {
        Revision revision = entity.revision();
        out.writeLong(revision.epoch());
        out.writeLong(revision.version());
        out.writeLong(revision.commitTime().getEpochSecond());
        out.writeInt(revision.commitTime().getNano());
        out.writeInt(entity.document().length);
        out.write(entity.document());
    }

    private static Entity entity(DataInputStream in, EntityKey key) throws IOException {
        Revision revision =
                new Revision(in.readLong(), in.readLong(), Instant.ofEpochSecond(in.readLong(), in.readInt()));
        return new Entity(key, revision, in.readNBytes(in.readInt()));
    }

    private static void write(DataOutputStream out, EntityKey key, GoldTable table) throws IOException {
        for (int i = 0; i < key.values().size(); i++) {
            write(out, table.key().get(i).type(), key.values().get(i));
        }
    }

    private static EntityKey key(DataInputStream in, GoldTable table) throws IOException {
        List<Object> values = new ArrayList<>();
        for (IndexedColumn column : table.key()) {
            values.add(Objects.requireNonNull(value(in, column.type())));
        }
        return new EntityKey(values);
    }

    private static void write(DataOutputStream out, FieldType.Scalar type, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
            return;
        }
        // strings as they are: what reads like none that a contract allows is stored all the same
        byte[] text = (value instanceof String string ? string : ScalarValues.format(type, value))
                .getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
    }

    private static @Nullable Object value(DataInputStream in, FieldType.Scalar type) throws IOException {
        int length = in.readInt();
        if (length == NULL) {
            return null;
        }
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return type instanceof FieldType.StringType ? text : ScalarValues.parse(type, text);
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
