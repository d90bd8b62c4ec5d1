package dev.vitrine.store.cache;

import dev.vitrine.entity.Filter;
import java.nio.ByteBuffer;

/// How many entities a filter selects.
record CountForm() implements VersionReading.Form<Filter, Long> {

    @Override
    public Class<Long> type() {
        return Long.class;
    }

    @Override
    public String id(Filter filter, String layout) {
        return QuestionIds.of(filter, layout);
    }

    @Override
    public byte[] bytes(Filter filter, Long count) {
        return ByteBuffer.allocate(Long.BYTES).putLong(count).array();
    }

    @Override
    public Long answer(Filter filter, byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    @Override
    public int size(Long count) {
        return Long.BYTES;
    }
}
