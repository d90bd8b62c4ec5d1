package dev.vitrine.store.cosmos;

import dev.vitrine.entity.EntityChange.Reason;
import dev.vitrine.store.KeptValues;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Steps and states as bytes, for the process that wrote them.
final class StagedForm {

    private static final int NULL = -1;

    private StagedForm() {}

    static void step(DataOutputStream out, Step step) throws IOException {
        switch (step) {
            case Step.Added added -> {
                out.writeBoolean(true);
                copy(out, added.copy());
                out.writeBoolean(added.replaces());
                text(out, added.reason() == null ? null : added.reason().name());
                text(out, added.detail());
            }
            case Step.Gone gone -> {
                out.writeBoolean(false);
                text(out, gone.hash());
                out.writeBoolean(gone.only());
            }
        }
    }

    static Step step(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? new Step.Added(copy(in), in.readBoolean(), reason(in), textOrNull(in))
                : new Step.Gone(textOrNull(in), in.readBoolean());
    }

    static void pending(DataOutputStream out, Pending state) throws IOException {
        text(out, state.id());
        stored(out, state.before());
        state(out, state.after());
        out.writeLong(state.version());
        out.writeBoolean(state.liveBefore());
        out.writeBoolean(state.live());
        out.writeBoolean(state.changed());
    }

    static Pending pending(DataInputStream in) throws IOException {
        return new Pending(
                text(in),
                stored(in),
                state(in),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                null);
    }

    private static void stored(DataOutputStream out, Stored stored) throws IOException {
        state(out, stored.state());
        text(out, stored.etag());
        out.writeLong(stored.version());
        out.writeBoolean(stored.liveBefore());
    }

    private static Stored stored(DataInputStream in) throws IOException {
        return new Stored(state(in), textOrNull(in), in.readLong(), in.readBoolean(), null);
    }

    private static void state(DataOutputStream out, KeyState state) throws IOException {
        out.writeInt(state.copies().size());
        for (Copy copy : state.copies()) {
            copy(out, copy);
        }
        out.writeInt(state.dismissed());
        text(out, state.reason() == null ? null : state.reason().name());
    }

    private static KeyState state(DataInputStream in) throws IOException {
        List<Copy> copies = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            copies.add(copy(in));
        }
        return new KeyState(copies, in.readInt(), reason(in));
    }

    private static void copy(DataOutputStream out, Copy copy) throws IOException {
        bytes(out, copy.row());
        text(out, copy.hash());
        out.writeInt(copy.values().size());
        for (Object value : copy.values()) {
            value(out, value);
        }
        out.writeBoolean(copy.servable());
        out.writeLong(copy.written());
        out.writeLong(copy.committed());
        out.writeInt(copy.segment());
        Copy.Letter letter = copy.letter();
        out.writeBoolean(letter != null);
        if (letter != null) {
            text(out, letter.item());
            out.writeLong(letter.id());
            out.writeLong(letter.version());
            text(out, letter.reason().name());
            text(out, letter.detail());
            out.writeLong(KeptValues.micros(letter.firstSeen()));
            out.writeLong(KeptValues.micros(letter.lastSeen()));
        }
    }

    private static Copy copy(DataInputStream in) throws IOException {
        byte[] row = Objects.requireNonNull(bytesOrNull(in));
        String hash = text(in);
        List<@Nullable Object> values = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            values.add(value(in));
        }
        return new Copy(row, hash, values, in.readBoolean(), in.readLong(), in.readLong(), in.readInt(), letter(in));
    }

    private static Copy.@Nullable Letter letter(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? new Copy.Letter(
                        text(in),
                        in.readLong(),
                        in.readLong(),
                        Reason.valueOf(text(in)),
                        text(in),
                        instant(in),
                        instant(in))
                : null;
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return KeptValues.instant(in.readLong());
    }

    private static void value(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('n');
            case Boolean bool -> out.writeByte(bool ? 't' : 'f');
            case Long number -> {
                out.writeByte('l');
                out.writeLong(number);
            }
            case String text -> {
                out.writeByte('s');
                text(out, text);
            }
            default -> throw new IllegalArgumentException("no kept value: " + value.getClass());
        }
    }

    private static @Nullable Object value(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case 'n' -> null;
            case 't' -> true;
            case 'f' -> false;
            case 'l' -> in.readLong();
            default -> text(in);
        };
    }

    private static @Nullable Reason reason(DataInputStream in) throws IOException {
        String name = textOrNull(in);
        return name == null ? null : Reason.valueOf(name);
    }

    static void text(DataOutputStream out, @Nullable String text) throws IOException {
        bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(DataInputStream in) throws IOException {
        return Objects.requireNonNull(textOrNull(in));
    }

    private static @Nullable String textOrNull(DataInputStream in) throws IOException {
        byte[] bytes = bytesOrNull(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void bytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? NULL : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] bytesOrNull(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NULL ? null : in.readNBytes(length);
    }
}
