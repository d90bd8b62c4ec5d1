package dev.vitrine.store.cosmos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.entity.Revision;
import dev.vitrine.store.KeptValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a generation is.
///
/// @param revision the last version applied whole
/// @param layout lines of the layout that its items have
/// @param entities live ones
/// @param session what a reader has to bring along to see at least this
/// @param recount whether entities have to be counted: something was changed without counting it
record Standing(
        Revision revision,
        String commitFile,
        List<String> layout,
        long entities,
        @Nullable Long divergedSince,
        SessionTokens session,
        boolean recount) {

    Standing {
        layout = List.copyOf(layout);
    }

    Standing counted(long counted) {
        return new Standing(revision, commitFile, layout, counted, divergedSince, session, false);
    }

    Standing uncounted() {
        return new Standing(revision, commitFile, layout, entities, divergedSince, session, true);
    }

    Standing seeing(SessionTokens more) {
        return new Standing(revision, commitFile, layout, entities, divergedSince, session.with(more), recount);
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, revision);
        node.put("commitFile", commitFile)
                .put("entities", entities)
                .put("session", session.toString())
                .put("recount", recount);
        if (divergedSince != null) {
            node.put("divergedSince", divergedSince);
        }
        layout.forEach(node.putArray("layout")::add);
        return node;
    }

    static Standing of(JsonNode node) {
        return new Standing(
                revision(node),
                node.path("commitFile").textValue(),
                texts(node.path("layout")),
                node.path("entities").longValue(),
                node.hasNonNull("divergedSince") ? node.path("divergedSince").longValue() : null,
                SessionTokens.of(node.path("session").textValue()),
                node.path("recount").booleanValue());
    }

    static void put(ObjectNode node, Revision revision) {
        node.put("epoch", revision.epoch())
                .put("version", revision.version())
                .put("committed", String.valueOf(KeptValues.micros(revision.commitTime())));
    }

    static Revision revision(JsonNode node) {
        return new Revision(
                node.path("epoch").longValue(),
                node.path("version").longValue(),
                KeptValues.instant(Long.parseLong(node.path("committed").textValue())));
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
