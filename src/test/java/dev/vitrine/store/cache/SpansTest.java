package dev.vitrine.store.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.KeptSpans;
import dev.vitrine.store.trace.Spans;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is read of the store and of the shared cache stands in the caller's trace, where that is sampled.
class SpansTest {

    private final KeptSpans kept = new KeptSpans();
    private final SdkTracerProvider sampling = provider(Sampler.alwaysOn());
    private final SdkTracerProvider passing = provider(Sampler.alwaysOff());
    private final Tracer tracer = tracer(sampling);

    @AfterEach
    void close() {
        sampling.close();
        passing.close();
    }

    @Test
    void readsOfTheSharedCacheAreSpansBelowTheCallers() {
        SharedCache cache = new TracedCache(empty(), new Spans(tracer));
        Span request = tracer.nextSpan().name("request").start();
        within(tracer, request, () -> {
            assertThat(cache.readAll("space", List.of("1"))).isEmpty();
            assertThat(cache.pages("space", new SharedCache.Mark(1, new At(1, 1)), List.of("1")))
                    .isEmpty();
        });

        assertThat(kept.of(request.context().traceId()))
                .extracting(SpanData::getName)
                .containsExactly("cache.entities", "cache.pages");
        assertThat(kept.of(request.context().traceId()))
                .extracting(SpanData::getParentSpanId)
                .containsOnly(request.context().spanId());
    }

    @Test
    void aReadThatFailsIsSaidToHaveFailed() {
        Spans spans = new Spans(tracer);
        Span request = tracer.nextSpan().start();
        within(
                tracer,
                request,
                () -> assertThatThrownBy(() -> spans.in("store.get", "sales/dim_customer", () -> {
                            throw new IllegalStateException("gone");
                        }))
                        .hasMessage("gone"));

        SpanData read = kept.of(request.context().traceId()).getFirst();
        assertThat(read.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(read.getAttributes().get(AttributeKey.stringKey("vitrine.table")))
                .isEqualTo("sales/dim_customer");
    }

    @Test
    void whatIsNotSampledOrBelongsToNoRequestIsOnlyDone() {
        assertThat(new Spans(null).in("store.get", null, () -> 1)).isEqualTo(1);
        assertThat(new Spans(tracer).in("store.get", null, tracer::currentSpan)).isNull();

        Tracer other = tracer(passing);
        Span request = other.nextSpan().start();
        within(
                other,
                request,
                () -> assertThat(new Spans(other)
                                .in(
                                        "store.get",
                                        null,
                                        () -> Objects.requireNonNull(other.currentSpan())
                                                .context()
                                                .spanId()))
                        .isEqualTo(request.context().spanId()));
    }

    private static void within(Tracer tracer, Span span, Runnable work) {
        Tracer.SpanInScope scope = tracer.withSpan(span);
        try {
            work.run();
        } finally {
            scope.close();
        }
    }

    private SdkTracerProvider provider(Sampler sampler) {
        return SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(kept))
                .build();
    }

    private static Tracer tracer(SdkTracerProvider provider) {
        return new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), event -> {});
    }

    /// A cache in which nothing is.
    private static SharedCache empty() {
        return (SharedCache) Proxy.newProxyInstance(
                SharedCache.class.getClassLoader(),
                new Class<?>[] {SharedCache.class},
                (self, method, arguments) -> method.getReturnType() == Map.class ? Map.of() : null);
    }
}
