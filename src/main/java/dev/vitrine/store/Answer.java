package dev.vitrine.store;

/// A value and the state it was read at: both from one consistent view.
public record Answer<T>(Checkpoint asOf, T value) {}
