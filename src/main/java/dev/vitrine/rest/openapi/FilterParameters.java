package dev.vitrine.rest.openapi;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType.BinaryType;
import dev.vitrine.contract.FieldType.BooleanType;
import dev.vitrine.contract.FieldType.NumberType;
import dev.vitrine.contract.FieldType.Scalar;
import dev.vitrine.contract.FieldType.StringType;
import dev.vitrine.contract.SortTerm;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.Parameter.StyleEnum;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The parameters of a collection, one by one, so that a generated client has a typed argument for each.
final class FilterParameters {

    /// Names that are parameters of their own, so that a field of that name needs its suffix.
    private static final Set<String> RESERVED = Set.of("sort", "limit", "cursor", "fields", "expand");

    private FilterParameters() {}

    /// Every filter that fits the type of its field.
    ///
    /// @param known fields to leave out
    static List<Parameter> of(EntityType entity, List<FieldPath> known) {
        List<Parameter> parameters = new ArrayList<>();
        filterable(entity).filter(path -> !known.contains(path)).forEach(path -> {
            if (path.field().type() instanceof Scalar type && !(type instanceof BinaryType)) {
                boolean nullable = !entity.key().contains(path)
                        && (!path.field().required()
                                || type instanceof NumberType
                                || path.steps().size() > 1);
                addFilters(parameters, path, type, nullable);
            }
        });
        return parameters;
    }

    private static void addFilters(List<Parameter> parameters, FieldPath path, Scalar type, boolean nullable) {
        String name = path.name();
        Schema<?> value = ScalarSchemas.operand(type);
        Schema<?> member =
                type instanceof StringType text && !text.enumeration().isEmpty()
                        ? enumeration(text.enumeration())
                        : value;
        String equal = "`%s` is this%s.".formatted(name, example(path, type));
        parameters.add(query(RESERVED.contains(name) ? name + ".eq" : name, equal, member));
        if (!(type instanceof BooleanType)) {
            parameters.add(list(name + ".in", "`%s` is one of these.".formatted(name), member));
            parameters.add(query(name + ".gt", "`%s` is greater than this.".formatted(name), value));
            parameters.add(query(name + ".gte", "`%s` is this or greater.".formatted(name), value));
            parameters.add(query(name + ".lt", "`%s` is less than this.".formatted(name), value));
            parameters.add(query(name + ".lte", "`%s` is this or less.".formatted(name), value));
        }
        if (type instanceof StringType) {
            parameters.add(
                    query(name + ".startsWith", "`%s` begins with this.".formatted(name), EntitySchemas.of("string")));
        }
        if (nullable) {
            parameters.add(
                    query(name + ".isNull", "Whether `%s` is absent.".formatted(name), EntitySchemas.of("boolean")));
        }
    }

    static Parameter sort(EntityType entity) {
        return query(
                "sort",
                "Field to sort by, `-` for descending; ties are broken by the key.",
                EntitySchemas.reference(entity.typeName() + "Sort"));
    }

    /// All values of `sort`.
    static Schema<?> sorts(EntityType entity) {
        List<String> terms = new ArrayList<>(filterable(entity)
                .filter(path -> path.field().type() instanceof Scalar)
                .flatMap(path -> Stream.of(path.name(), "-" + path.name()))
                .toList());
        for (List<SortTerm> combination : entity.sortable()) {
            terms.add(combination.stream()
                    .map(term -> (term.descending() ? "-" : "") + term.field())
                    .collect(Collectors.joining(",")));
        }
        return enumeration(terms).description("What %s can be sorted by.".formatted(entity.name()));
    }

    static Parameter limit() {
        Schema<?> schema = EntitySchemas.of("integer").format("int32");
        schema.setMinimum(BigDecimal.ONE);
        schema.setMaximum(BigDecimal.valueOf(200));
        schema.setDefault(20);
        return query("limit", "How many entities a page has at most; for lines and CSV it asks for one page.", schema);
    }

    static Parameter cursor() {
        return query(
                "cursor",
                "Where to go on: `nextCursor` of the page before; the other parameters stay the same.",
                EntitySchemas.of("string"));
    }

    static Parameter preferCountOrWait() {
        return prefer(
                "`count=exact` asks for the total in the header `Total-Count`; `wait=10` waits up to ten seconds (at most 30) for `Min-Delta-Table-Version`. Both: separated by a comma.");
    }

    static Parameter preferWait() {
        return prefer("`wait=10` waits up to ten seconds (at most 30) for `Min-Delta-Table-Version`.");
    }

    private static Parameter prefer(String description) {
        return new Parameter()
                .name("Prefer")
                .in("header")
                .description(description)
                .schema(EntitySchemas.of("string"));
    }

    static Parameter minimumVersion() {
        Schema<?> schema = EntitySchemas.of("integer").format("int64");
        schema.setMinimum(BigDecimal.ZERO);
        return new Parameter()
                .name("Min-Delta-Table-Version")
                .in("header")
                .description(
                        "The oldest version of the gold table that the answer may show, for who just committed it; 503 until it is served.")
                .schema(schema);
    }

    private static Stream<FieldPath> filterable(EntityType entity) {
        return entity.allFields().stream()
                .filter(path -> path.field().filterable() || entity.key().contains(path));
    }

    @SuppressWarnings("unchecked")
    static Schema<?> enumeration(List<String> values) {
        Schema<Object> schema = (Schema<Object>) EntitySchemas.of("string");
        schema.setEnum(List.copyOf(values));
        EnumNames.add(schema, values);
        return schema;
    }

    /// In words: as the parameter's `example` it would be filled into forms.
    private static String example(FieldPath path, Scalar type) {
        List<Object> examples = ScalarSchemas.examples(type, path.field().examples());
        return examples.isEmpty() ? "" : ", for example `%s`".formatted(examples.getFirst());
    }

    /// One parameter a value, because some generated clients encode the commas of a joined list, and then a comma in a
    /// value could not be told from one between values. Callers may also join them.
    private static Parameter list(String name, String description, Schema<?> items) {
        return query(name, description, EntitySchemas.of("array").items(items))
                .style(StyleEnum.FORM)
                .explode(true);
    }

    static Parameter query(String name, String description, Schema<?> schema) {
        return new Parameter().name(name).in("query").description(description).schema(schema);
    }
}
