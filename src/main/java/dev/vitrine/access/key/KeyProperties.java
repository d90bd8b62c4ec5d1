package dev.vitrine.access.key;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How API keys are taken.
///
/// @param header that carries them
/// @param refresh how often a process looks for changes that others made
/// @param staleLimit how long the keys at hand count while the store does not answer
/// @param life of a key that is made without an end
/// @param overlap how long the secrets before are good after a new one was made
@ConfigurationProperties("vitrine.keys")
record KeyProperties(
        @DefaultValue("X-API-Key") String header,
        @DefaultValue("400ms") Duration refresh,
        @DefaultValue("1h") Duration staleLimit,
        @DefaultValue("365d") Duration life,
        @DefaultValue("24h") Duration overlap) {}
