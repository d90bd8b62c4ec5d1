package dev.vitrine.access.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How Redis is asked for limits; where it is, `spring.data.redis` says.
///
/// @param timeout how long a request waits for Redis before the limits are counted without it
@ConfigurationProperties("vitrine.limits.redis")
record RedisLimitProperties(@DefaultValue("200ms") Duration timeout) {}
