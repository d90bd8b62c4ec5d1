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
import java.util.Objects;
import java.util.Set;

/// The sections of ODCS v3.1.0: which keys each has. Deprecated forms that the standard still allows are allowed.
final class Standard {

    private static final Shape TEXTS = new ListOf(TEXT);

    private static final Shape CUSTOM = new ListOf(Section.of(TEXT, "property", "description")
            .and(STABLE_ID, "id")
            .and(ANY, "value")
            .requiring("property", "value"));

    private static final Shape DEFINITIONS = new ListOf(
            Section.of(TEXT, "url", "type", "description").and(STABLE_ID, "id").requiring("url", "type"));

    private static final Shape ROLES =
            new ListOf(Section.of(TEXT, "role", "description", "access", "firstLevelApprovers", "secondLevelApprovers")
                    .and(STABLE_ID, "id")
                    .and(CUSTOM, "customProperties")
                    .requiring("role"));

    private static final Shape MEMBERS = new ListOf(
            Section.of(TEXT, "username", "name", "description", "role", "dateIn", "dateOut", "replacedByUsername")
                    .and(STABLE_ID, "id")
                    .and(TEXTS, "tags")
                    .and(CUSTOM, "customProperties")
                    .and(DEFINITIONS, "authoritativeDefinitions")
                    .requiring("username"));

    private static final Shape TEAM = new ListOr(
            MEMBERS,
            Section.of(TEXT, "name", "description")
                    .and(STABLE_ID, "id")
                    .and(MEMBERS, "members")
                    .and(TEXTS, "tags")
                    .and(CUSTOM, "customProperties")
                    .and(DEFINITIONS, "authoritativeDefinitions"));

    private static final Shape SUPPORT =
            new ListOf(Section.of(TEXT, "channel", "url", "description", "tool", "scope", "invitationUrl")
                    .and(STABLE_ID, "id")
                    .and(CUSTOM, "customProperties")
                    .requiring("channel"));

    private static final Shape SERVICE_LEVELS =
            new ListOf(Section.of(TEXT, "property", "unit", "element", "driver", "description", "scheduler", "schedule")
                    .and(STABLE_ID, "id")
                    .and(SCALAR, "value", "valueExt")
                    .requiring("property", "value"));

    private static final Shape PRICE =
            Section.of(TEXT, "priceCurrency", "priceUnit").and(STABLE_ID, "id").and(NUMBER, "priceAmount");

    private static final Shape DESCRIPTION = Section.of(TEXT, "purpose", "usage", "limitations")
            .and(STABLE_ID, "id")
            .and(DEFINITIONS, "authoritativeDefinitions")
            .and(CUSTOM, "customProperties");

    private static final Section REFERRING = Section.of(new ListOr(TEXTS, TEXT), "to")
            .and(STABLE_ID, "id")
            .and(new Choice(Set.of("foreignKey")), "type")
            .and(CUSTOM, "customProperties");

    private static final Shape RELATIONSHIPS =
            new ListOf(REFERRING.and(new ListOr(TEXTS, TEXT), "from").requiring("from", "to"));

    private static final Section ELEMENT = Section.of(
                    TEXT, "name", "physicalName", "physicalType", "description", "businessName")
            .and(STABLE_ID, "id")
            .and(DEFINITIONS, "authoritativeDefinitions")
            .and(TEXTS, "tags")
            .and(CUSTOM, "customProperties")
            .and(new ListOf(new Depending(StandardQuality::section)), "quality");

    private static final Section PROPERTY = ELEMENT.and(
                    new Choice(Set.of(
                            "string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean")),
                    "logicalType")
            .and(FLAG, "primaryKey", "required", "unique", "partitioned", "criticalDataElement")
            .and(WHOLE, "primaryKeyPosition", "partitionKeyPosition")
            .and(TEXT, "classification", "encryptedName", "transformLogic", "transformDescription")
            .and(TEXTS, "transformSourceObjects")
            .and(new ListOf(ANY), "examples")
            .and(new ListOf(REFERRING.requiring("to")), "relationships");

    private static final Shape SCHEMA = new ListOf(ELEMENT.and(new Choice(Set.of("object")), "logicalType")
            .and(TEXT, "dataGranularityDescription")
            .and(new ListOf(new Depending(Standard::property)), "properties")
            .and(RELATIONSHIPS, "relationships")
            .requiring("name"));

    /// The whole document.
    static final Shape CONTRACT = Section.of(
                    TEXT,
                    "version",
                    "id",
                    "name",
                    "tenant",
                    "status",
                    "dataProduct",
                    "domain",
                    "slaDefaultElement",
                    "contractCreatedTs")
            .and(new Choice(Set.of("DataContract")), "kind")
            .and(new Choice(Set.of("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0", "v2.2.2", "v2.2.1", "v2.2.0")), "apiVersion")
            .and(TEXTS, "tags")
            .and(new ListOf(new Depending(StandardServers::section)), "servers")
            .and(DESCRIPTION, "description")
            .and(SCHEMA, "schema")
            .and(SUPPORT, "support")
            .and(PRICE, "price")
            .and(TEAM, "team")
            .and(ROLES, "roles")
            .and(SERVICE_LEVELS, "slaProperties")
            .and(DEFINITIONS, "authoritativeDefinitions")
            .and(CUSTOM, "customProperties")
            .requiring("version", "apiVersion", "kind", "id", "status");

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
        return item(table).requiring("name");
    }

    private static Section item(Yaml.Table table) {
        String type = Objects.requireNonNullElse(table.text("logicalType"), "");
        Section section = PROPERTY.and(StandardTypes.options(type), "logicalTypeOptions");
        Shape properties = new ListOf(new Depending(Standard::property));
        Shape items = new Depending(Standard::item);
        return switch (type) {
            case "object" -> section.and(properties, "properties");
            case "array" -> section.and(items, "items");
            case "" -> section.and(properties, "properties").and(items, "items");
            default -> section;
        };
    }
}
