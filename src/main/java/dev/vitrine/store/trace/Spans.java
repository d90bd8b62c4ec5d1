package dev.vitrine.store.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes spans below the one that the thread works for. Where there is none, or it is not sampled, that costs a look.
/// Threads may share it.
///
/// @param tracer null: nothing is traced
public record Spans(@Nullable Tracer tracer) {

    /// Does work within a span of that name.
    ///
    /// @param table that is read, `sales/dim_customer`; null: no single one
    public <T extends @Nullable Object> T in(String name, @Nullable String table, Supplier<T> work) {
        Tracer known = tracer;
        Span above = known == null ? null : known.currentSpan();
        if (known == null || above == null || !isSampled(above.context())) {
            return work.get();
        }
        Span.Builder begun = known.spanBuilder().setParent(above.context()).name(name);
        if (table != null) {
            begun.tag("vitrine.table", table);
        }
        Span span = begun.start();
        Tracer.SpanInScope scope = known.withSpan(span);
        try {
            return work.get();
        } catch (RuntimeException failure) {
            span.error(failure);
            throw failure;
        } finally {
            scope.close();
            span.end();
        }
    }

    private static boolean isSampled(TraceContext context) {
        return Boolean.TRUE.equals(context.sampled());
    }
}
