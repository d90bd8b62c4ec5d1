package dev.vitrine.graphql.schema;

import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.SortTerm;
import graphql.language.EnumValue;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLTypeReference;
import java.util.List;
import java.util.stream.Collectors;

/// The sort argument of each entity collection.
final class SortTypes {

    /// Of the type of the direction.
    static final String DIRECTION = "SortDirection";

    private static final List<String> NO_ENUM_VALUES = List.of("true", "false", "null");

    private final EntityTypes types;

    SortTypes(EntityTypes types) {
        this.types = types;
    }

    /// Whether it is descending, as [dev.vitrine.graphql.fetch.CollectionArguments] reads it.
    static GraphQLEnumType direction() {
        return GraphQLEnumType.newEnum()
                .name(DIRECTION)
                .description("Absent values come first ascending, last descending.")
                .value("ASC", false)
                .value("DESC", true)
                .build();
    }

    /// One term; its field is the field's name in the contract.
    GraphQLInputObjectType of(EntityType type) {
        String name = types.take(types.of(type) + "Sort");
        return GraphQLInputObjectType.newInputObject()
                .name(name)
                .description(description(type))
                .field(GraphQLInputObjectField.newInputObjectField()
                        .name("field")
                        .type(GraphQLNonNull.nonNull(fields(type, name))))
                .field(GraphQLInputObjectField.newInputObjectField()
                        .name("direction")
                        .type(GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(DIRECTION)))
                        .defaultValueLiteral(EnumValue.newEnumValue("ASC").build()))
                .build();
    }

    private GraphQLEnumType fields(EntityType type, String sortName) {
        Names names = new Names(NO_ENUM_VALUES);
        GraphQLEnumType.Builder values = GraphQLEnumType.newEnum().name(types.take(sortName + "Field"));
        type.allFields().stream()
                .filter(path -> FilterTypes.filterable(type, path))
                .forEach(path -> values.value(value(path, names.take(path.name()))));
        return values.build();
    }

    private static GraphQLEnumValueDefinition value(FieldPath path, String name) {
        return GraphQLEnumValueDefinition.newEnumValueDefinition()
                .name(name)
                .description(path.name().equals(name) ? null : "`%s`".formatted(path.name()))
                .value(path.name())
                .build();
    }

    private static String description(EntityType type) {
        String combinations = type.sortable().stream().map(SortTypes::words).collect(Collectors.joining(" or "));
        return "What to sort by; ties are broken by the key. "
                + (combinations.isEmpty() ? "One term at most." : "One term, or " + combinations + ".");
    }

    private static String words(List<SortTerm> terms) {
        return terms.stream()
                .map(term -> term.field() + (term.descending() ? " descending" : " ascending"))
                .collect(Collectors.joining(" then "));
    }
}
