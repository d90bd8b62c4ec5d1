package dev.vitrine.store.cosmos;

import dev.vitrine.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file of a [Staging], in the folder for temporary files. It has no name there from the moment it is open, so that
/// nothing of its rows is left behind, whatever happens to the process.
final class StagingFile implements AutoCloseable {

    private @Nullable FileChannel channel;

    /// A part of the file.
    record Chunk(long at, int length) {}

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    Chunk putSteps(Map<String, List<Step>> steps) {
        return put(out -> {
            out.writeInt(steps.size());
            for (Map.Entry<String, List<Step>> key : steps.entrySet()) {
                StagedForm.text(out, key.getKey());
                out.writeInt(key.getValue().size());
                for (Step step : key.getValue()) {
                    StagedForm.step(out, step);
                }
            }
        });
    }

    Map<String, List<Step>> steps(Chunk chunk) {
        try (DataInputStream in = read(chunk)) {
            Map<String, List<Step>> steps = new LinkedHashMap<>();
            for (int keys = in.readInt(); keys > 0; keys--) {
                String id = StagedForm.text(in);
                List<Step> some = new ArrayList<>();
                for (int count = in.readInt(); count > 0; count--) {
                    some.add(StagedForm.step(in));
                }
                steps.put(id, some);
            }
            return steps;
        } catch (IOException e) {
            throw failure("read from", e);
        }
    }

    Chunk putStates(Collection<Pending> states) {
        return put(out -> {
            out.writeInt(states.size());
            for (Pending state : states) {
                StagedForm.pending(out, state);
            }
        });
    }

    List<Pending> states(Chunk chunk) {
        try (DataInputStream in = read(chunk)) {
            List<Pending> states = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                states.add(StagedForm.pending(in));
            }
            return states;
        } catch (IOException e) {
            throw failure("read from", e);
        }
    }

    private Chunk put(Writing writing) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writing.to(new DataOutputStream(bytes));
            FileChannel open = open();
            Chunk chunk = new Chunk(open.size(), bytes.size());
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                open.write(buffer, chunk.at() + buffer.position());
            }
            return chunk;
        } catch (IOException e) {
            throw failure("write to", e);
        }
    }

    private DataInputStream read(Chunk chunk) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(chunk.length());
        while (buffer.hasRemaining()) {
            if (open().read(buffer, chunk.at() + buffer.position()) < 0) {
                throw new IOException("it ends early");
            }
        }
        return new DataInputStream(new ByteArrayInputStream(buffer.array()));
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Path path = Files.createTempFile("vitrine", ".staging");
            open = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            channel = open;
        }
        return open;
    }

    /// Forgets what is in it.
    void clear() {
        FileChannel open = channel;
        if (open != null) {
            try {
                open.truncate(0);
            } catch (IOException e) {
                throw failure("empty", e);
            }
        }
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw failure("close", e);
            }
        }
    }

    private static StoreFailure failure(String what, IOException e) {
        return new StoreFailure(
                "cannot %s the file in %s that a large commit is put down in: %s"
                        .formatted(what, System.getProperty("java.io.tmpdir"), e.getMessage()),
                e);
    }
}
