package dev.vitrine.query;

import dev.vitrine.access.Caller;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one door to entity data; applies the caller's grants. Threads may share it.
///
/// Methods throw [InvalidQuery] for a request that cannot be answered, [NotGranted] where no scope of the caller
/// opens the entity, [EntitiesUnavailable], [QueryTooExpensive], [CursorExpired] and [BudgetSpent].
public interface Entities {

    /// One entity by its key.
    ///
    /// @param key one text per key field
    /// @param fields see [Selection#fields()]
    /// @param expand see [Selection#expand()]
    EntityAnswer get(
            DataProduct product,
            EntityType type,
            List<String> key,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller);

    /// One entity by its key, without relations.
    default EntityAnswer get(
            DataProduct product, EntityType type, List<String> key, @Nullable List<String> fields, Caller caller) {
        return get(product, type, key, fields, List.of(), caller);
    }

    /// Many entities by their keys: one answer per key, in their order, all of one state and in one read.
    ///
    /// @param keys from one up; texts as in [#get]
    List<EntityAnswer> getAll(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            @Nullable List<String> fields,
            List<String> expand,
            Caller caller);

    /// What a relation leads to from each of these entities, in two reads: [EntityAnswer.One] or, for a relation to
    /// many,
    /// [EntityAnswer.Many]; [EntityAnswer.None] also where the entity it starts from is not there or may not be seen,
    /// [EntityAnswer.Withheld] also where that one is withheld. The state is the one of the entities it leads to.
    ///
    /// @param keys from one up; texts as in [#get]
    /// @param relation of [DataProduct#relations]
    /// @param selection of the entities it leads to; a relation to one takes only fields and expand; a cursor fits one
    /// key
    List<EntityAnswer> related(
            DataProduct product,
            EntityType type,
            List<List<String>> keys,
            Relation relation,
            Selection selection,
            Caller caller);

    /// A page of entities.
    EntityAnswer.Many list(DataProduct product, EntityType type, Selection selection, Caller caller);

    /// A page of entities, each with a cursor of its own. Cursors are those of [#list].
    EntityEdges edges(DataProduct product, EntityType type, Selection selection, Caller caller);

    /// For each of several keys the page of the entities that a relation to many leads to from there, each with a
    /// cursor
    /// of its own: all of one state and in one read. Whether the caller may see the entity of the key is not looked at.
    ///
    /// @param keys of entities that the relation starts from; texts as in [#get]
    /// @param relation of [DataProduct#relations], to many
    /// @param selection of each page; a cursor fits one key
    List<EntityEdges> edges(
            DataProduct product, Relation relation, List<List<String>> keys, Selection selection, Caller caller);

    /// The state that is served now.
    AsOf served(DataProduct product, EntityType type, Caller caller);

    /// Names of the fields that the caller could see, in the order of the contract, outer ones first.
    List<String> visible(DataProduct product, EntityType type, Caller caller);
}
