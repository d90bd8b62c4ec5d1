package dev.vitrine.graphql;

import dev.vitrine.graphql.fetch.CollectionArguments;
import dev.vitrine.graphql.fetch.Reading;
import dev.vitrine.rest.problem.ProblemType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.Scalars;
import graphql.execution.AbortExecutionException;
import graphql.execution.CoercedVariables;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Refuses documents that ask for too much, before anything is read, and has the others paid for. Introspection does
/// not count: the library has
/// limits of its own for it.
///
/// Complexity is the number of values that the answer can have: a field is one, and what is below a connection counts
/// as
/// often as its page has entities. Fragments are looked at once, so that fragments in fragments cost no time here.
final class QueryLimits extends SimplePerformantInstrumentation {

    private static final long UNCOUNTABLE = Long.MAX_VALUE / 1_000;

    private final GraphQlSettings settings;

    QueryLimits(GraphQlSettings settings) {
        this.settings = settings;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        GraphQLSchema schema = context.getGraphQLSchema();
        Extent extent = new Measure(
                        schema, context.getFragmentsByName(), context.getCoercedVariables(), new HashMap<>())
                .of(schema.getQueryType(), context.getOperationDefinition().getSelectionSet());
        List<GraphQLError> faults = new ArrayList<>();
        check(
                faults,
                "nests %s fields deep, of at most %d: ask for what is below in another request",
                extent.depth(),
                settings.maxDepth());
        check(
                faults,
                "can be answered with %s values, of at most %d: ask for smaller pages (first) or for less of them",
                extent.complexity(),
                settings.maxComplexity());
        check(
                faults,
                "renames %s fields by aliases, of at most %d: ask in several requests",
                extent.aliases(),
                settings.maxAliases());
        if (!faults.isEmpty()) {
            throw new AbortExecutionException(faults);
        }
        Reading.of(context.getGraphQLContext()).pay(extent.complexity());
        return super.beginExecuteOperation(parameters, state);
    }

    private static void check(List<GraphQLError> faults, String words, long found, long limit) {
        if (found > limit) {
            String number = found >= UNCOUNTABLE ? "uncountably many" : Long.toString(found);
            faults.add(new RequestFault(
                    ProblemType.QUERY_TOO_COMPLEX, "The document " + words.formatted(number, limit) + "."));
        }
    }

    /// How far a part of a document reaches.
    private record Extent(long complexity, long depth, long aliases) {

        static final Extent NOTHING = new Extent(0, 0, 0);

        Extent and(Extent other) {
            return new Extent(
                    Math.min(UNCOUNTABLE, complexity + other.complexity),
                    Math.max(depth, other.depth),
                    Math.min(UNCOUNTABLE, aliases + other.aliases));
        }

        /// Below a field.
        Extent in(boolean renamed, int times) {
            return new Extent(Math.min(UNCOUNTABLE, 1 + times * complexity), depth + 1, aliases + (renamed ? 1 : 0));
        }
    }

    /// @param known what was found of fragments
    private record Measure(
            GraphQLSchema schema,
            Map<String, FragmentDefinition> fragments,
            CoercedVariables variables,
            Map<String, Extent> known) {

        Extent of(GraphQLType parent, @Nullable SelectionSet selections) {
            Extent extent = Extent.NOTHING;
            if (selections != null) {
                for (Selection<?> selection : selections.getSelections()) {
                    extent = extent.and(of(parent, selection));
                }
            }
            return extent;
        }

        private Extent of(GraphQLType parent, Selection<?> selection) {
            return switch (selection) {
                case Field field -> ofField(parent, field);
                case InlineFragment fragment ->
                    of(type(fragment.getTypeCondition(), parent), fragment.getSelectionSet());
                case FragmentSpread spread -> ofFragment(spread.getName(), parent);
                default -> Extent.NOTHING;
            };
        }

        private Extent ofField(GraphQLType parent, Field field) {
            boolean renamed = field.getAlias() != null;
            if (field.getName().startsWith("__")) {
                return Extent.NOTHING.in(renamed, 1);
            }
            GraphQLFieldDefinition definition = ((GraphQLFieldsContainer) parent).getFieldDefinition(field.getName());
            return of(GraphQLTypeUtil.unwrapAll(definition.getType()), field.getSelectionSet())
                    .in(renamed, times(definition, field));
        }

        private Extent ofFragment(String name, GraphQLType parent) {
            Extent extent = known.get(name);
            if (extent == null) {
                FragmentDefinition fragment = Objects.requireNonNull(fragments.get(name));
                extent = of(type(fragment.getTypeCondition(), parent), fragment.getSelectionSet());
                known.put(name, extent);
            }
            return extent;
        }

        private GraphQLType type(@Nullable TypeName condition, GraphQLType parent) {
            return condition == null ? parent : Objects.requireNonNull(schema.getType(condition.getName()));
        }

        private int times(GraphQLFieldDefinition definition, Field field) {
            GraphQLArgument first = definition.getArgument("first");
            if (first == null || !first.getType().equals(Scalars.GraphQLInt)) {
                return 1;
            }
            return field.getArguments().stream()
                    .filter(argument -> argument.getName().equals("first"))
                    .map(argument -> number(argument.getValue()))
                    .findFirst()
                    .orElse(CollectionArguments.DEFAULT_FIRST);
        }

        /// What is beyond the largest page is refused where it is read.
        private int number(Value<?> value) {
            Object given = switch (value) {
                case IntValue literal -> literal.getValue();
                case VariableReference variable -> variables.get(variable.getName());
                default -> null;
            };
            return given instanceof Number number
                    ? Math.clamp(number.longValue(), 1, CollectionArguments.MAX_FIRST)
                    : CollectionArguments.DEFAULT_FIRST;
        }
    }
}
