package dev.vitrine.access.key;

import dev.vitrine.access.KeyShelf;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keys in memory, that can be out of reach.
final class MemoryShelf implements KeyShelf {

    volatile boolean gone;
    private byte @Nullable [] document;

    @Override
    public synchronized Optional<byte[]> read() {
        requireThere();
        return Optional.ofNullable(document);
    }

    @Override
    public synchronized void change(Function<Optional<byte[]>, byte[]> change) {
        requireThere();
        document = change.apply(Optional.ofNullable(document));
    }

    private void requireThere() {
        if (gone) {
            throw new IllegalStateException("the shelf is gone");
        }
    }
}
