package dev.vitrine.store.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names of products and tables as names of folders: safe on every file system, also one that ignores case.
///
/// Examples: `dim_customer` stays, `Orders` becomes `%4Frders`, `../x` becomes `%2E%2E%2Fx`.
final class FileNames {

    private static final int MAX_LENGTH = 120;

    private FileNames() {}

    static String of(String name) {
        StringBuilder safe = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 'a' && octet <= 'z' || octet >= '0' && octet <= '9' || octet == '_' || octet == '-') {
                safe.append((char) octet);
            } else {
                safe.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return safe.length() <= MAX_LENGTH ? safe.toString() : safe.substring(0, MAX_LENGTH) + "%~" + digest(name);
    }

    private static String digest(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
