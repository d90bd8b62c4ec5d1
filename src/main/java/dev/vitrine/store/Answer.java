package dev.vitrine.store;

import java.time.Duration;

/// A value and the state it was read at: both from one consistent view.
///
/// @param age how long ago it was known that there is no newer state; zero unless the store is out of reach
public record Answer<T>(Checkpoint asOf, T value, Duration age) {

    /// Of the newest state.
    public Answer(Checkpoint asOf, T value) {
        this(asOf, value, Duration.ZERO);
    }
}
