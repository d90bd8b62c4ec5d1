package dev.vitrine.contract.odcs;

import static dev.vitrine.contract.odcs.Shape.ANY;
import static dev.vitrine.contract.odcs.Shape.FLAG;
import static dev.vitrine.contract.odcs.Shape.NUMBER;
import static dev.vitrine.contract.odcs.Shape.SCALAR;
import static dev.vitrine.contract.odcs.Shape.STABLE_ID;
import static dev.vitrine.contract.odcs.Shape.TEXT;
import static dev.vitrine.contract.odcs.Shape.WHOLE;

import dev.vitrine.contract.odcs.Shape.Choice;
import dev.vitrine.contract.odcs.Shape.Depending;
import dev.vitrine.contract.odcs.Shape.ListOf;
import dev.vitrine.contract.odcs.Shape.ListOr;
import dev.vitrine.contract.odcs.Shape.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The sections of ODCS v3.1.0: which keys each has. Deprecated forms that the standard still allows are allowed.
final class Standard {

    private static final Shape TEXTS = new ListOf(TEXT);

    private static final Shape CUSTOM = new ListOf(new Section(
            Map.of("id", STABLE_ID, "property", TEXT, "value", ANY, "description", TEXT), "property", "value"));

    private static final Shape DEFINITIONS = new ListOf(
            new Section(Map.of("id", STABLE_ID, "url", TEXT, "type", TEXT, "description", TEXT), "url", "type"));

    private static final Shape ROLES = new ListOf(new Section(
            Map.of(
                    "id", STABLE_ID,
                    "role", TEXT,
                    "description", TEXT,
                    "access", TEXT,
                    "firstLevelApprovers", TEXT,
                    "secondLevelApprovers", TEXT,
                    "customProperties", CUSTOM),
            "role"));

    private static final Shape MEMBERS = new ListOf(new Section(
            keys(
                    "id",
                    STABLE_ID,
                    "username",
                    TEXT,
                    "name",
                    TEXT,
                    "description",
                    TEXT,
                    "role",
                    TEXT,
                    "dateIn",
                    TEXT,
                    "dateOut",
                    TEXT,
                    "replacedByUsername",
                    TEXT,
                    "tags",
                    TEXTS,
                    "customProperties",
                    CUSTOM,
                    "authoritativeDefinitions",
                    DEFINITIONS),
            "username"));

    private static final Shape TEAM = new ListOr(
            MEMBERS,
            new Section(keys(
                    "id",
                    STABLE_ID,
                    "name",
                    TEXT,
                    "description",
                    TEXT,
                    "members",
                    MEMBERS,
                    "tags",
                    TEXTS,
                    "customProperties",
                    CUSTOM,
                    "authoritativeDefinitions",
                    DEFINITIONS)));

    private static final Shape SUPPORT = new ListOf(new Section(
            keys(
                    "id",
                    STABLE_ID,
                    "channel",
                    TEXT,
                    "url",
                    TEXT,
                    "description",
                    TEXT,
                    "tool",
                    TEXT,
                    "scope",
                    TEXT,
                    "invitationUrl",
                    TEXT,
                    "customProperties",
                    CUSTOM),
            "channel"));

    private static final Shape SERVICE_LEVELS = new ListOf(new Section(
            keys(
                    "id",
                    STABLE_ID,
                    "property",
                    TEXT,
                    "value",
                    SCALAR,
                    "valueExt",
                    SCALAR,
                    "unit",
                    TEXT,
                    "element",
                    TEXT,
                    "driver",
                    TEXT,
                    "description",
                    TEXT,
                    "scheduler",
                    TEXT,
                    "schedule",
                    TEXT),
            "property",
            "value"));

    private static final Shape PRICE =
            new Section(Map.of("id", STABLE_ID, "priceAmount", NUMBER, "priceCurrency", TEXT, "priceUnit", TEXT));

    private static final Shape DESCRIPTION = new Section(keys(
            "id",
            STABLE_ID,
            "purpose",
            TEXT,
            "usage",
            TEXT,
            "limitations",
            TEXT,
            "authoritativeDefinitions",
            DEFINITIONS,
            "customProperties",
            CUSTOM));

    private static final Shape FOREIGN_KEY = new Choice(Set.of("foreignKey"));
    private static final Shape REFERENCE = new ListOr(TEXTS, TEXT);

    private static final Shape RELATIONSHIPS = new ListOf(new Section(
            Map.of(
                    "id",
                    STABLE_ID,
                    "type",
                    FOREIGN_KEY,
                    "from",
                    REFERENCE,
                    "to",
                    REFERENCE,
                    "customProperties",
                    CUSTOM),
            "from",
            "to"));

    private static final Shape PROPERTY_RELATIONSHIPS = new ListOf(new Section(
            Map.of("id", STABLE_ID, "type", FOREIGN_KEY, "to", REFERENCE, "customProperties", CUSTOM), "to"));

    private static final Map<String, Shape> ELEMENT = keys(
            "id",
            STABLE_ID,
            "name",
            TEXT,
            "physicalName",
            TEXT,
            "physicalType",
            TEXT,
            "description",
            TEXT,
            "businessName",
            TEXT,
            "authoritativeDefinitions",
            DEFINITIONS,
            "tags",
            TEXTS,
            "customProperties",
            CUSTOM,
            "quality",
            new ListOf(new Depending(StandardQuality::section)));

    private static final Map<String, Shape> PROPERTY = with(
            ELEMENT,
            "primaryKey",
            FLAG,
            "primaryKeyPosition",
            WHOLE,
            "logicalType",
            new Choice(
                    Set.of("string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean")),
            "logicalTypeOptions",
            ANY,
            "required",
            FLAG,
            "unique",
            FLAG,
            "partitioned",
            FLAG,
            "partitionKeyPosition",
            WHOLE,
            "classification",
            TEXT,
            "encryptedName",
            TEXT,
            "transformSourceObjects",
            TEXTS,
            "transformLogic",
            TEXT,
            "transformDescription",
            TEXT,
            "examples",
            new ListOf(ANY),
            "criticalDataElement",
            FLAG,
            "relationships",
            PROPERTY_RELATIONSHIPS);

    private static final Shape SCHEMA = new ListOf(new Section(
            with(
                    ELEMENT,
                    "logicalType",
                    new Choice(Set.of("object")),
                    "dataGranularityDescription",
                    TEXT,
                    "properties",
                    new ListOf(new Depending(Standard::property)),
                    "relationships",
                    RELATIONSHIPS),
            "name"));

    /// The whole document.
    static final Shape CONTRACT = new Section(
            keys(
                    "version",
                    TEXT,
                    "kind",
                    new Choice(Set.of("DataContract")),
                    "apiVersion",
                    new Choice(Set.of("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0", "v2.2.2", "v2.2.1", "v2.2.0")),
                    "id",
                    TEXT,
                    "name",
                    TEXT,
                    "tenant",
                    TEXT,
                    "tags",
                    TEXTS,
                    "status",
                    TEXT,
                    "servers",
                    new ListOf(new Depending(StandardServers::section)),
                    "dataProduct",
                    TEXT,
                    "description",
                    DESCRIPTION,
                    "domain",
                    TEXT,
                    "schema",
                    SCHEMA,
                    "support",
                    SUPPORT,
                    "price",
                    PRICE,
                    "team",
                    TEAM,
                    "roles",
                    ROLES,
                    "slaDefaultElement",
                    TEXT,
                    "slaProperties",
                    SERVICE_LEVELS,
                    "authoritativeDefinitions",
                    DEFINITIONS,
                    "customProperties",
                    CUSTOM,
                    "contractCreatedTs",
                    TEXT),
            "version",
            "apiVersion",
            "kind",
            "id",
            "status");

    private Standard() {}

    static Shape roles() {
        return ROLES;
    }

    static Shape custom() {
        return CUSTOM;
    }

    static Shape definitions() {
        return DEFINITIONS;
    }

    private static Section property(Yaml.Table table) {
        return new Section(typed(table), "name");
    }

    private static Section item(Yaml.Table table) {
        return new Section(typed(table));
    }

    private static Map<String, Shape> typed(Yaml.Table table) {
        String type = Objects.requireNonNullElse(table.text("logicalType"), "");
        Map<String, Shape> keys = with(PROPERTY, "logicalTypeOptions", StandardTypes.options(type));
        switch (type) {
            case "object" -> keys.put("properties", new ListOf(new Depending(Standard::property)));
            case "array" -> keys.put("items", new Depending(Standard::item));
            case "" -> {
                keys.put("properties", new ListOf(new Depending(Standard::property)));
                keys.put("items", new Depending(Standard::item));
            }
            default -> {}
        }
        return keys;
    }

    /// Alternating names and shapes.
    static Map<String, Shape> keys(Object... namesAndShapes) {
        return with(Map.of(), namesAndShapes);
    }

    static Map<String, Shape> with(Map<String, Shape> keys, Object... namesAndShapes) {
        Map<String, Shape> more = new HashMap<>(keys);
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            more.put((String) namesAndShapes[i], (Shape) namesAndShapes[i + 1]);
        }
        return more;
    }
}
