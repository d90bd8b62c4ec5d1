package dev.vitrine.access.redis;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Limits are counted in Redis if that is said, or if it is not said and Redis is there as a cache.
final class OnRedisLimits implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment settings = context.getEnvironment();
        String cache = settings.getProperty("vitrine.cache.kind", "near");
        return "redis".equalsIgnoreCase(settings.getProperty("vitrine.limits.kind", cache));
    }
}
