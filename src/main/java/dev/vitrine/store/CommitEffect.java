package dev.vitrine.store;

/// What a commit does to a table, before it is published.
///
/// @param rows changes that were applied
/// @param letters rows of the commit that became dead letters, beyond those that took the place of a letter of the same
/// key, or, without a key, of an equal row (a store may count those together): what could not be served before is
/// nothing new
/// @param entities live ones before the commit
/// @param removed keys that were live before and are neither live nor withheld after
public record CommitEffect(long rows, long letters, long entities, long removed) {}
