package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.Shape.ANY;
import static dev.vitrine.contract.odcs.Shape.FLAG;
import static dev.vitrine.contract.odcs.Shape.NUMBER;
import static dev.vitrine.contract.odcs.Shape.TEXT;
import static dev.vitrine.contract.odcs.Shape.WHOLE;
import static dev.vitrine.contract.odcs.Standard.keys;
import static dev.vitrine.contract.odcs.Standard.with;

import dev.vitrine.contract.odcs.Shape.Choice;
import dev.vitrine.contract.odcs.Shape.ListOf;
import dev.vitrine.contract.odcs.Shape.Section;
import java.util.Map;
import java.util.Set;

/// `logicalTypeOptions`: which go with which `logicalType`.
final class StandardTypes {

    private static final Map<String, Shape> DATES =
            keys("format", TEXT, "exclusiveMaximum", TEXT, "maximum", TEXT, "exclusiveMinimum", TEXT, "minimum", TEXT);

    private static final Map<String, Shape> NUMBERS = keys(
            "multipleOf",
            NUMBER,
            "exclusiveMaximum",
            NUMBER,
            "maximum",
            NUMBER,
            "exclusiveMinimum",
            NUMBER,
            "minimum",
            NUMBER);

    private static final Set<String> INTEGER_FORMATS =
            Set.of("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128");

    /// `decimal` is ours: the number is a string in the API.
    private static final Set<String> NUMBER_FORMATS = Set.of("f32", "f64", "decimal");

    private static final Map<String, Shape> OPTIONS = Map.of(
            "string", new Section(keys("minLength", WHOLE, "maxLength", WHOLE, "pattern", TEXT, "format", TEXT)),
            "date", new Section(DATES),
            "timestamp", new Section(with(DATES, "timezone", FLAG, "defaultTimezone", TEXT)),
            "time", new Section(with(DATES, "timezone", FLAG, "defaultTimezone", TEXT)),
            "integer", new Section(with(NUMBERS, "format", new Choice(INTEGER_FORMATS))),
            "number", new Section(with(NUMBERS, "format", new Choice(NUMBER_FORMATS))),
            "boolean", new Section(Map.of()),
            "object", new Section(keys("maxProperties", WHOLE, "minProperties", WHOLE, "required", new ListOf(TEXT))),
            "array", new Section(keys("maxItems", WHOLE, "minItems", WHOLE, "uniqueItems", FLAG)));

    private StandardTypes() {}

    static Shape options(String logicalType) {
        return OPTIONS.getOrDefault(logicalType, ANY);
    }
}
