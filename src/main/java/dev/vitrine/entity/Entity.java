package dev.vitrine.entity;

/// The stored state of one entity.
///
/// @param document a JSON object in UTF-8: Delta column names, every column of the [dev.vitrine.contract.GoldTable]
/// present, null where the row has none. Forms of values: [dev.vitrine.contract.ScalarValues], but integers and
/// decimals are always JSON numbers with every digit. Callers must not change it.
/// @param revision of the commit that wrote it last
@SuppressWarnings("ArrayRecordComponent")
public record Entity(EntityKey key, Revision revision, byte[] document) {}
