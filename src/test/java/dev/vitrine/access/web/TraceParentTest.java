package dev.vitrine.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class TraceParentTest {

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 4bf92f3577b34da6a3ce929d0e0e4736",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01,",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01,",
        "4bf92f3577b34da6a3ce929d0e0e4736,",
        "'00-\"quoted\"-and-more-and-more-and-more-and-more',",
        "'',",
        ","
    })
    void readsTheIdOfATraceAndNothingElse(@Nullable String header, @Nullable String id) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (header != null) {
            request.addHeader("traceparent", header);
        }
        assertThat(TraceParent.traceId(request)).isEqualTo(id);
    }
}
