package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.Shape.ANY;
import static dev.vitrine.contract.odcs.Shape.NUMBER;
import static dev.vitrine.contract.odcs.Shape.STABLE_ID;
import static dev.vitrine.contract.odcs.Shape.TEXT;

import dev.vitrine.contract.odcs.Shape.Choice;
import dev.vitrine.contract.odcs.Shape.ListOf;
import dev.vitrine.contract.odcs.Shape.Section;
import java.util.Objects;
import java.util.Set;

/// `quality[]`: rules of a type each.
final class StandardQuality {

    private static final Section COMMON = Section.of(
                    TEXT,
                    "name",
                    "description",
                    "businessImpact",
                    "method",
                    "schedule",
                    "scheduler",
                    "severity",
                    "unit")
            .and(STABLE_ID, "id")
            .and(new Choice(Set.of("text", "library", "sql", "custom")), "type")
            .and(
                    new Choice(Set.of(
                            "accuracy",
                            "completeness",
                            "conformity",
                            "consistency",
                            "coverage",
                            "timeliness",
                            "uniqueness")),
                    "dimension")
            .and(Standard.definitions(), "authoritativeDefinitions")
            .and(Standard.custom(), "customProperties")
            .and(new ListOf(TEXT), "tags");

    private static final Section COMPARING = COMMON.and(ANY, "mustBe", "mustNotBe")
            .and(NUMBER, "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo")
            .and(new ListOf(NUMBER), "mustBeBetween", "mustNotBeBetween");

    private static final Shape METRIC =
            new Choice(Set.of("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"));

    private StandardQuality() {}

    static Section section(Yaml.Table rule) {
        return switch (Objects.requireNonNullElse(rule.text("type"), "library")) {
            case "text" -> COMMON;
            case "sql" -> COMPARING.and(TEXT, "query").requiring("query");
            case "custom" ->
                COMPARING.and(TEXT, "engine").and(ANY, "implementation").requiring("engine", "implementation");
            default -> {
                Section library = COMPARING.and(METRIC, "metric").and(ANY, "arguments");
                // `rule` is the older name of `metric`
                yield rule.entries().containsKey("rule") ? library.and(TEXT, "rule") : library.requiring("metric");
            }
        };
    }
}
