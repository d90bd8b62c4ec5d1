package dev.vitrine.graphql.fetch;

import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.Relation;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one entity that a foreign key points to; null if it points nowhere.
///
/// @param shape of the entity there
public record RelatedEntity(Relation relation, EntityShape shape) implements DataFetcher<@Nullable Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        List<String> key = new ArrayList<>();
        for (FieldPath path : relation.from()) {
            Object value = environment.getSource();
            for (Field step : path.steps()) {
                if (!(value instanceof Map<?, ?> object)) {
                    return null;
                }
                if (!object.containsKey(step.name())) {
                    return ShownField.hidden(environment);
                }
                value = object.get(step.name());
            }
            if (value == null) {
                return null;
            }
            key.add(text(value));
        }
        return EntityByKey.entity(environment, relation.target(), shape, key);
    }

    static String text(Object json) {
        return json instanceof BigDecimal number ? number.toPlainString() : json.toString();
    }
}
