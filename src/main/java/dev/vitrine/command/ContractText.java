package dev.vitrine.command;

import dev.vitrine.delta.DeltaSchema;
import dev.vitrine.delta.DeltaType;
import dev.vitrine.delta.DeltaType.Column;
import dev.vitrine.delta.DeltaType.Primitive;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The whole contract file.
///
/// @param key columns as the table spells them
record ContractText(
        DeltaSchema schema,
        TableLocation location,
        List<String> key,
        Optional<String> askedProduct,
        Optional<String> askedEntity) {

    String text() {
        String entity = askedEntity.orElseGet(() -> Naming.entity(location.name()));
        String product = askedProduct.orElseGet(() -> Naming.product(entity));
        Yaml yaml = new Yaml();
        head(yaml, product);
        entity(yaml, product, entity);
        tail(yaml, product);
        return yaml.text();
    }

    private void head(Yaml yaml, String product) {
        yaml.lines(0, """
                # A data contract after ODCS v3.1.0, made from the schema of %1$s.
                # It can be served as it stands: put it below the contracts folder as <any name>.odcs.yaml.
                apiVersion: v3.1.0
                kind: DataContract
                id: %2$s
                # The name and the first number of the version are the address: /api/%3$s/v1
                name: %4$s
                version: 1.0.0
                # active is served; a draft only where vitrine.drafts=true
                status: active
                description:
                  purpose: %5$s
                  # usage: What it is good for.
                  # limitations: What it is not good for.

                servers:
                  # Of several servers the first is used, or the one that vitrine.server names.
                  # ${…} is replaced by configuration and environment, for example ${GOLD}/sales.
                  - server: gold
                    type: %6$s
                    %7$s: %8$s
                    format: delta
                """.formatted(
                        Yaml.comment(location.whole()),
                        Yaml.value(schema.tableId()),
                        product,
                        Yaml.value(product),
                        Yaml.value(schema.description().orElse("What applications read from " + location.name() + ".")),
                        location.type(),
                        location.folderKey(),
                        Yaml.value(location.folder())));
    }

    private void entity(Yaml yaml, String product, String entity) {
        yaml.lines(0, """

                schema:
                  # One entity for one table. Its name is the path: /api/%1$s/v1/%2$s
                  - name: %3$s
                    physicalName: %4$s
                    physicalType: table
                    logicalType: object
                    # description: What one row stands for.
                    customProperties:
                      # What one of them is called in API documents and SDKs.
                      - property: typeName
                        value: %5$s
                    # One property for one column that is served; columns that are not here are not served.
                    #   description, examples   are shown in the API's documents
                    #   classification          a class of fields that only roles with that class may see
                    #   filterable (custom)     callers may filter and sort by the field; the key always is
                    properties:
                """.formatted(
                        product, entity, Yaml.value(entity), Yaml.value(location.name()), Naming.type(entity)));
        new FieldLines(yaml, key, filterable()).columns(6, schema.columns());
    }

    private void tail(Yaml yaml, String product) {
        yaml.lines(0, """

                roles:
                  # A role is an OAuth2 scope. Without roles nobody can read.
                  - role: %1$s:read
                    access: read
                    description: Everything without a classification.
                  # - role: %1$s:support
                  #   access: read
                  #   description: Fields of the class restricted too.
                  #   customProperties:
                  #     - property: classifications
                  #       value: [restricted]

                slaProperties:
                  # How old a change in the table may be before it can be read; decides how often the table is looked at.
                  - property: latency
                    value: 60
                    unit: s
                  # - property: availability
                  #   value: 99.9
                  #   unit: "%%"
                """.formatted(product));
    }

    /// Suggestions: what the table is partitioned by, and what looks like a reference to another table.
    private Set<String> filterable() {
        return schema.columns().stream()
                .filter(column -> schema.partitionColumns().contains(column.name()) || looksLikeReference(column))
                .filter(column -> comparable(column.type()))
                .map(Column::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean looksLikeReference(Column column) {
        String name = column.name().toLowerCase(Locale.ROOT);
        return name.endsWith("_id") || name.endsWith("key");
    }

    private static boolean comparable(DeltaType type) {
        return switch (type) {
            case Primitive primitive -> primitive != Primitive.BINARY;
            case DeltaType.Decimal decimal -> true;
            case DeltaType.Struct struct -> false;
            case DeltaType.Array array -> false;
            case DeltaType.Map map -> false;
            case DeltaType.Unsupported unsupported -> false;
        };
    }
}
