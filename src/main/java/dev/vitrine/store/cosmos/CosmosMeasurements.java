package dev.vitrine.store.cosmos;

import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.store.Measured;
import dev.vitrine.store.Measured.Step;
import dev.vitrine.store.Measurements;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An item holds the minutes of an hour, or the hours of a day, of one subject; all of them in one logical partition.
record CosmosMeasurements(ControlContainer control) implements Measurements {

    private static final String PLACE = "measured";
    private static final String STEPS = "steps";

    @Override
    public void add(List<Measured> measured) {
        Map<Item, List<Measured>> byItem = new LinkedHashMap<>();
        measured.forEach(more -> byItem.computeIfAbsent(Item.of(more), absent -> new ArrayList<>())
                .add(more));
        byItem.forEach(this::add);
    }

    /// Again, when another process was quicker.
    private void add(Item item, List<Measured> measured) {
        boolean done = false;
        while (!done) {
            Optional<ControlContainer.Versioned> found = control.read(item.id(), PLACE);
            ObjectNode content = found.map(known -> known.item().deepCopy()).orElseGet(item::empty);
            ObjectNode steps = (ObjectNode) content.path(STEPS);
            for (Measured more : measured) {
                String at = Long.toString(more.at().getEpochSecond());
                JsonNode known = steps.get(at);
                steps.set(
                        at,
                        form(known == null ? more : measured(item, at, known).and(more)));
            }
            done = found.map(known -> control.replace(content, known.etag())).orElseGet(() -> control.create(content));
        }
    }

    @Override
    public List<Measured> of(String subject, Step step, Instant from) {
        SqlQuerySpec query = new SqlQuerySpec(
                "SELECT * FROM c WHERE c.entity = @subject AND c.number >= @from",
                new SqlParameter("@subject", Item.entity(subject, step)),
                new SqlParameter("@from", Item.whole(step, from).getEpochSecond()));
        List<Measured> all = new ArrayList<>();
        for (ObjectNode item : control.query(query, PLACE)) {
            Item of = new Item(
                    subject, step, Instant.ofEpochSecond(item.path("number").longValue()));
            item.path(STEPS).properties().forEach(entry -> all.add(measured(of, entry.getKey(), entry.getValue())));
        }
        return all.stream()
                .filter(measured -> !measured.at().isBefore(from))
                .sorted(Comparator.comparing(Measured::at))
                .toList();
    }

    @Override
    public void tidy(Instant now) {
        for (Step step : Step.values()) {
            SqlQuerySpec old = new SqlQuerySpec(
                    "SELECT c.id FROM c WHERE c.number < @before AND c.step = @step",
                    new SqlParameter(
                            "@before", Item.whole(step, now.minus(step.kept())).getEpochSecond()),
                    new SqlParameter("@step", step.name()));
            control.query(old, PLACE)
                    .forEach(item -> control.delete(item.path("id").textValue(), PLACE));
        }
    }

    private static ObjectNode form(Measured measured) {
        ObjectNode form = JsonNodeFactory.instance.objectNode().put("worst", measured.worst());
        ArrayNode counts = form.putArray("counts");
        measured.counts().forEach(counts::add);
        return form;
    }

    private static Measured measured(Item item, String at, JsonNode form) {
        List<Long> counts = new ArrayList<>();
        form.path("counts").forEach(count -> counts.add(count.longValue()));
        return new Measured(
                item.subject,
                item.step,
                Instant.ofEpochSecond(Long.parseLong(at)),
                counts,
                form.path("worst").doubleValue());
    }

    /// @param from the hour or day that it holds the steps of
    private record Item(String subject, Step step, Instant from) {

        static Item of(Measured measured) {
            return new Item(measured.subject(), measured.step(), whole(measured.step(), measured.at()));
        }

        static Instant whole(Step step, Instant at) {
            return at.truncatedTo(
                    switch (step) {
                        case MINUTE -> ChronoUnit.HOURS;
                        case HOUR -> ChronoUnit.DAYS;
                    });
        }

        static String entity(String subject, Step step) {
            return step + " " + subject;
        }

        String id() {
            return Ids.ofName("measured", from.getEpochSecond() + " " + entity(subject, step));
        }

        ObjectNode empty() {
            ObjectNode item = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", id())
                    .put("p", PLACE)
                    .put("number", from.getEpochSecond())
                    .put("entity", entity(subject, step))
                    .put("step", step.name());
            item.putObject(STEPS);
            return item;
        }
    }
}
