package dev.vitrine.graphql.schema;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.BinaryType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.graphql.fetch.FilterShape;
import dev.vitrine.graphql.fetch.FilterShape.Member;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLTypeReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The filter argument of each entity collection: its filterable fields, with the tests that fit their type.
final class FilterTypes {

    private static final String SUFFIX = "Filter";

    /// Of the tests of each scalar type.
    static final List<String> NAMES = arguments().map(FilterTypes::name).toList();

    private final EntityTypes types;
    private final Set<GraphQLScalarType> used = new HashSet<>();

    FilterTypes(EntityTypes types) {
        this.types = types;
    }

    /// An input type and what its members mean.
    record Made(GraphQLInputObjectType type, FilterShape shape) {}

    /// `StringFilter`, `LongFilter` and so on: those that the filters made so far need.
    List<GraphQLInputObjectType> tests() {
        return arguments().filter(used::contains).map(FilterTypes::tests).toList();
    }

    Made of(EntityType type) {
        return filter(type, types.take(types.of(type) + SUFFIX), type.fields(), List.of());
    }

    private Made filter(EntityType type, String typeName, List<Field> fields, List<Field> around) {
        Names names = new Names();
        Map<String, Member> members = new LinkedHashMap<>();
        GraphQLInputObjectType.Builder input = GraphQLInputObjectType.newInputObject()
                .name(typeName)
                .description(
                        around.isEmpty()
                                ? "Which %s to list: all that is said must hold.".formatted(type.name())
                                : null);
        for (Field field : fields) {
            List<Field> steps = new ArrayList<>(around);
            steps.add(field);
            FieldPath path = new FieldPath(steps);
            // Also of a field that is left out here, so that all have the names that they have in answers.
            String name = names.take(field.name());
            if (filterable(type, path)) {
                members.put(name, new Member.Tests(path));
                GraphQLScalarType scalar = Scalars.argument((FieldType.Scalar) field.type());
                used.add(scalar);
                input.field(member(name, field, GraphQLTypeReference.typeRef(name(scalar))));
            } else if (field.type() instanceof ObjectType object && below(type, path)) {
                String innerName = types.take(
                        typeName.substring(0, typeName.length() - SUFFIX.length()) + Names.capitalised(name) + SUFFIX);
                Made inner = filter(type, innerName, object.fields(), steps);
                members.put(name, new Member.Inside(inner.shape()));
                input.field(member(name, field, inner.type()));
            }
        }
        return new Made(input.build(), new FilterShape(members));
    }

    private static boolean below(EntityType type, FieldPath path) {
        return type.allFields().stream()
                .anyMatch(other -> other.steps().size() > path.steps().size()
                        && other.steps().subList(0, path.steps().size()).equals(path.steps())
                        && filterable(type, other));
    }

    /// A field of the key always is.
    static boolean filterable(EntityType type, FieldPath path) {
        return path.field().type() instanceof FieldType.Scalar scalar
                && !(scalar instanceof BinaryType)
                && (path.field().filterable() || type.key().contains(path));
    }

    private static GraphQLInputObjectField member(String name, Field field, GraphQLInputType type) {
        return GraphQLInputObjectField.newInputObjectField()
                .name(name)
                .description(Descriptions.ofFilter(field, name))
                .type(type)
                .build();
    }

    private static Stream<GraphQLScalarType> arguments() {
        return Stream.of(
                graphql.Scalars.GraphQLString,
                graphql.Scalars.GraphQLBoolean,
                Scalars.LONG,
                Scalars.DECIMAL,
                Scalars.DATE,
                Scalars.DATE_TIME,
                Scalars.LOCAL_DATE_TIME);
    }

    private static String name(GraphQLScalarType scalar) {
        return scalar.getName() + SUFFIX;
    }

    private static GraphQLInputObjectType tests(GraphQLScalarType scalar) {
        GraphQLInputObjectType.Builder tests = GraphQLInputObjectType.newInputObject()
                .name(name(scalar))
                .description("Tests of one value; all that are given must hold.");
        test(tests, "eq", "Is this.", scalar);
        if (!scalar.equals(graphql.Scalars.GraphQLBoolean)) {
            test(tests, "in", "Is one of these, 100 at most.", GraphQLList.list(GraphQLNonNull.nonNull(scalar)));
            test(tests, "gt", "Is greater than this.", scalar);
            test(tests, "gte", "Is this or greater.", scalar);
            test(tests, "lt", "Is less than this.", scalar);
            test(tests, "lte", "Is this or less.", scalar);
        }
        if (scalar.equals(graphql.Scalars.GraphQLString)) {
            test(tests, "startsWith", "Begins with this.", scalar);
        }
        test(tests, "isNull", "Whether it is absent.", graphql.Scalars.GraphQLBoolean);
        return tests.build();
    }

    private static void test(
            GraphQLInputObjectType.Builder tests, String name, String description, GraphQLInputType type) {
        tests.field(GraphQLInputObjectField.newInputObjectField()
                .name(name)
                .description(description)
                .type(type));
    }
}
