package dev.vitrine.graphql.schema;

import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.ScalarValues;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values of answers are handed on as they come from the query, in their JSON form. Arguments become the text that
/// filters and keys are written as.
///
/// @param name of the scalar
/// @param type that arguments are checked by; null: it is none of arguments
record ExactValue(String name, FieldType.@Nullable Scalar type) implements Coercing<Object, Object> {

    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
        return value;
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
        try {
            return text(input);
        } catch (IllegalArgumentException e) {
            throw new CoercingParseValueException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        try {
            return switch (input) {
                case StringValue string -> text(String.valueOf(string.getValue()));
                case IntValue integer -> text(integer.getValue());
                case FloatValue number -> text(number.getValue());
                default -> throw new IllegalArgumentException("not a value of type " + name);
            };
        } catch (IllegalArgumentException e) {
            throw new CoercingParseLiteralException(String.valueOf(e.getMessage()), e);
        }
    }

    private String text(Object input) {
        FieldType.Scalar known = type;
        boolean fits = known instanceof FieldType.IntegerType || known instanceof FieldType.NumberType
                ? input instanceof String || input instanceof Number
                : input instanceof String;
        if (known == null || !fits) {
            throw new IllegalArgumentException("not a value of type " + name);
        }
        Object value = ScalarValues.parse(known, input.toString());
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : ScalarValues.format(known, value);
    }
}
