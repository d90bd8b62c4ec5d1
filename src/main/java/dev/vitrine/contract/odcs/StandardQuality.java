package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.Shape.ANY;
import static dev.vitrine.contract.odcs.Shape.NUMBER;
import static dev.vitrine.contract.odcs.Shape.STABLE_ID;
import static dev.vitrine.contract.odcs.Shape.TEXT;

import dev.vitrine.contract.odcs.Shape.Choice;
import dev.vitrine.contract.odcs.Shape.ListOf;
import dev.vitrine.contract.odcs.Shape.Section;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// `quality[]`: rules of a type each.
final class StandardQuality {

    private static final Map<String, Shape> COMMON = Standard.keys(
            "id",
            STABLE_ID,
            "name",
            TEXT,
            "description",
            TEXT,
            "type",
            new Choice(Set.of("text", "library", "sql", "custom")),
            "dimension",
            new Choice(Set.of(
                    "accuracy", "completeness", "conformity", "consistency", "coverage", "timeliness", "uniqueness")),
            "authoritativeDefinitions",
            Standard.definitions(),
            "businessImpact",
            TEXT,
            "customProperties",
            Standard.custom(),
            "method",
            TEXT,
            "schedule",
            TEXT,
            "scheduler",
            TEXT,
            "severity",
            TEXT,
            "tags",
            new ListOf(TEXT),
            "unit",
            TEXT);

    private static final Map<String, Shape> COMPARING = Standard.with(
            COMMON,
            "mustBe",
            ANY,
            "mustNotBe",
            ANY,
            "mustBeGreaterThan",
            NUMBER,
            "mustBeGreaterOrEqualTo",
            NUMBER,
            "mustBeLessThan",
            NUMBER,
            "mustBeLessOrEqualTo",
            NUMBER,
            "mustBeBetween",
            new ListOf(NUMBER),
            "mustNotBeBetween",
            new ListOf(NUMBER));

    private static final Shape METRIC =
            new Choice(Set.of("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"));

    private StandardQuality() {}

    static Section section(Yaml.Table rule) {
        return switch (Objects.requireNonNullElse(rule.text("type"), "library")) {
            case "text" -> new Section(COMMON);
            case "sql" -> new Section(Standard.with(COMPARING, "query", TEXT), "query");
            case "custom" ->
                new Section(
                        Standard.with(COMPARING, "engine", TEXT, "implementation", ANY), "engine", "implementation");
            // `rule` is the older name of `metric`
            default ->
                rule.entries().containsKey("rule")
                        ? new Section(Standard.with(COMPARING, "metric", METRIC, "rule", TEXT, "arguments", ANY))
                        : new Section(Standard.with(COMPARING, "metric", METRIC, "arguments", ANY), "metric");
        };
    }
}
