package dev.vitrine.sync;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stands between the worker and what it uses: sees every call of the ports of `store` and `delta`, and of all that
/// these hand out.
final class Interposed {

    private Interposed() {}

    /// Told before and after each call; what it throws is thrown by the call.
    interface Watcher {

        /// @param call such as `ChangeWriter.publish`
        default void before(String call, @Nullable Object[] arguments) {}

        /// Not told after a call that failed.
        default void after(String call, @Nullable Object[] arguments, @Nullable Object result) {}
    }

    /// A port that does what the real one does, under a watcher's eyes.
    static <T> T on(Class<T> port, T real, Watcher watcher) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
                    if (method.getDeclaringClass() == Object.class) {
                        return invoke(real, method, given);
                    }
                    String call = port.getSimpleName() + "." + method.getName();
                    watcher.before(call, given);
                    Object result = invoke(real, method, given);
                    try {
                        watcher.after(call, given, result);
                    } catch (Throwable thrown) {
                        letGo(result);
                        throw thrown;
                    }
                    return watched(result, watcher);
                }));
    }

    /// What nobody gets is closed, as the end of a process would.
    private static void letGo(@Nullable Object result) throws Exception {
        Object held = result instanceof Optional<?> optional ? optional.orElse(null) : result;
        if (held instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private static @Nullable Object invoke(Object real, Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }

    private static @Nullable Object watched(@Nullable Object result, Watcher watcher) {
        if (result instanceof Optional<?> optional) {
            return optional.map(inner -> watched(inner, watcher));
        }
        if (result == null) {
            return null;
        }
        Class<?> port = port(result.getClass());
        return port == null ? result : watched(port, result, watcher);
    }

    private static <T> Object watched(Class<T> port, Object result, Watcher watcher) {
        return on(port, port.cast(result), watcher);
    }

    private static @Nullable Class<?> port(@Nullable Class<?> type) {
        for (Class<?> at = type; at != null && !at.isRecord(); at = at.getSuperclass()) {
            for (Class<?> implemented : at.getInterfaces()) {
                String name = implemented.getName();
                if (name.startsWith("dev.vitrine.store.") || name.startsWith("dev.vitrine.delta.")) {
                    return implemented;
                }
            }
        }
        return null;
    }
}
