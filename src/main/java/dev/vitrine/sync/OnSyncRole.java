package dev.vitrine.sync;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether this process moves tables: `vitrine.roles` names `sync`, or nothing.
final class OnSyncRole implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        List<String> roles = Binder.get(context.getEnvironment())
                .bind("vitrine.roles", Bindable.listOf(String.class))
                .orElse(List.of());
        return roles.isEmpty() || roles.contains("sync");
    }
}
