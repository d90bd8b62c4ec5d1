package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.Shape.ANY;
import static dev.vitrine.contract.odcs.Shape.FLAG;
import static dev.vitrine.contract.odcs.Shape.NUMBER;
import static dev.vitrine.contract.odcs.Shape.TEXT;
import static dev.vitrine.contract.odcs.Shape.WHOLE;

import dev.vitrine.contract.odcs.Shape.Choice;
import dev.vitrine.contract.odcs.Shape.ListOf;
import dev.vitrine.contract.odcs.Shape.Section;
import java.util.Map;
import java.util.Set;

/// `logicalTypeOptions`: which go with which `logicalType`.
final class StandardTypes {

    private static final Section DATES =
            Section.of(TEXT, "format", "exclusiveMaximum", "maximum", "exclusiveMinimum", "minimum");

    private static final Section TIMES = DATES.and(FLAG, "timezone").and(TEXT, "defaultTimezone");

    private static final Section NUMBERS =
            Section.of(NUMBER, "multipleOf", "exclusiveMaximum", "maximum", "exclusiveMinimum", "minimum");

    private static final Set<String> INTEGER_FORMATS =
            Set.of("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128");

    /// `decimal` is ours: the number is a string in the API.
    private static final Set<String> NUMBER_FORMATS = Set.of("f32", "f64", "decimal");

    private static final Map<String, Shape> OPTIONS = Map.of(
            "string", Section.of(TEXT, "pattern", "format").and(WHOLE, "minLength", "maxLength"),
            "date", DATES,
            "timestamp", TIMES,
            "time", TIMES,
            "integer", NUMBERS.and(new Choice(INTEGER_FORMATS), "format"),
            "number", NUMBERS.and(new Choice(NUMBER_FORMATS), "format"),
            "boolean", Section.of(ANY),
            "object", Section.of(WHOLE, "maxProperties", "minProperties").and(new ListOf(TEXT), "required"),
            "array", Section.of(WHOLE, "maxItems", "minItems").and(FLAG, "uniqueItems"));

    private StandardTypes() {}

    static Shape options(String logicalType) {
        return OPTIONS.getOrDefault(logicalType, ANY);
    }
}
