package dev.vitrine.store;

/// How much of a snapshot is in a generation.
///
/// @param files of the snapshot that are in whole
/// @param rows of these files
/// @param sealed whether every file is in and the generation is complete
public record Kept(int files, long rows, boolean sealed) {}
