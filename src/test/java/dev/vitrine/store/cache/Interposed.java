package dev.vitrine.store.cache;

import dev.vitrine.store.EntityStore;
import dev.vitrine.store.StoreUnavailable;
import dev.vitrine.store.StoredTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A store that counts its reads, rests in them, and is out of reach at times.
final class Interposed {

    private static final Set<String> READS = Set.of("get", "getAll", "page", "pages", "count", "counts");

    final AtomicInteger reads = new AtomicInteger();
    volatile boolean gone;
    volatile Rest rest = () -> {};

    interface Rest {
        void rest() throws InterruptedException;
    }

    EntityStore over(EntityStore store) {
        return (EntityStore) over(EntityStore.class, store);
    }

    private Object over(Class<?> type, Object part) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            boolean read = READS.contains(method.getName());
            if (gone && (read || method.getName().equals("checkpoint"))) {
                throw new StoreUnavailable("it was asked to be gone", new IllegalStateException());
            }
            Object answer;
            try {
                answer = method.invoke(part, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (read) {
                reads.incrementAndGet();
                rest.rest();
            }
            return answer instanceof StoredTable stored ? over(StoredTable.class, stored) : answer;
        });
    }
}
