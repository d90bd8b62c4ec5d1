package dev.vitrine.query;

import dev.vitrine.access.EntityGrant;
import dev.vitrine.entity.Order;
import dev.vitrine.query.Selection.Condition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// What a cursor is good for, as a hash: the collection, the conditions in any order, the sort, and all that the caller
/// was granted when it was written. The same in every process.
final class Binding {

    private Binding() {}

    static byte[] of(Opened opened, List<Condition> conditions, Order order) {
        EntityGrant grant = opened.grant();
        List<String> parts = new ArrayList<>(
                List.of(opened.product().address(), opened.type().name(), order.toString()));
        parts.add(String.valueOf(grant.openings().size()));
        grant.openings().forEach(opening -> {
            parts.add(opening.rows().toString());
            parts.add(opening.classes().stream().sorted().toList().toString());
        });
        conditions.stream()
                .map(condition -> condition.field()
                        + ' '
                        + condition.test()
                        + ' '
                        + condition.values().stream().sorted().toList())
                .sorted()
                .forEach(parts::add);
        return hash(parts);
    }

    private static byte[] hash(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
