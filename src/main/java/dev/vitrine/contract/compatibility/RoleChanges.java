package dev.vitrine.contract.compatibility;

import dev.vitrine.contract.Role;
import dev.vitrine.contract.compatibility.ContractChange.Kind;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Compares who is let in. To take access away must be possible at once, so none of it asks for a new version.
///
/// @param found takes what differs
record RoleChanges(Consumer<ContractChange> found) {

    void between(List<Role> before, List<Role> after) {
        for (Role role : before) {
            Optional<Role> now = scope(after, role.scope());
            if (now.isEmpty()) {
                access(role, "removed, so its scope opens nothing any more");
            } else {
                role(role, now.get());
            }
        }
        after.stream().filter(role -> scope(before, role.scope()).isEmpty()).forEach(role -> access(role, "added"));
    }

    private void role(Role before, Role after) {
        if (!before.classifications().equals(after.classifications())) {
            access(
                    after,
                    "opens the classes %s, no longer %s"
                            .formatted(
                                    new TreeSet<>(after.classifications()), new TreeSet<>(before.classifications())));
        }
        if (!before.rowFilters().equals(after.rowFilters())) {
            access(after, "opens other rows than before");
        }
    }

    private static Optional<Role> scope(List<Role> roles, String scope) {
        return roles.stream().filter(role -> role.scope().equals(scope)).findFirst();
    }

    private void access(Role role, String words) {
        found.accept(new ContractChange(Kind.ACCESS, "roles." + role.scope(), words));
    }
}
