package dev.vitrine.store.cache;

import dev.vitrine.contract.GoldTable;
import dev.vitrine.entity.Entity;
import dev.vitrine.entity.Page;
import dev.vitrine.store.PageRequest;

/// Pages of a table.
record PageForm(GoldTable table) implements VersionReading.Form<PageRequest, Page> {

    private static final int OBJECTS = 120;

    @Override
    public Class<Page> type() {
        return Page.class;
    }

    @Override
    public String id(PageRequest request, String layout) {
        return QuestionIds.of(request, layout);
    }

    @Override
    public byte[] bytes(PageRequest request, Page page) {
        return Forms.of(page, table, request.order());
    }

    @Override
    public Page answer(PageRequest request, byte[] bytes) {
        return Forms.page(bytes, table, request.order());
    }

    @Override
    public int size(Page page) {
        int bytes = OBJECTS;
        for (Entity item : page.items()) {
            bytes += item.document().length + OBJECTS;
        }
        return bytes;
    }
}
