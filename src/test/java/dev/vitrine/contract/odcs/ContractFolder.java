package dev.vitrine.contract.odcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// A folder of contracts that a test edits, and the contracts of a process that watches it.
record ContractFolder(Path path) {

    static final Environment PLAIN = new Environment(null, false, name -> null);

    /// A product of two tables, items and shops.
    static String contract(String product, String version) {
        return """
                apiVersion: v3.1.0
                kind: DataContract
                id: %1$s
                name: %1$s
                version: %2$s
                status: active
                servers:
                  - {server: here, type: local, format: delta, path: /gold}
                schema:
                  - name: items
                    physicalName: dim_item
                    properties:
                      - {name: id, logicalType: integer, primaryKey: true}
                      - {name: price, logicalType: number, physicalType: "decimal(10,2)"}
                  - name: shops
                    physicalName: dim_shop
                    properties:
                      - {name: id, logicalType: integer, primaryKey: true}
                roles:
                  - {role: reader, access: read}
                """.formatted(product, version);
    }

    /// That contract with one more column of its items.
    static String withColumn(String contract, String column) {
        return contract.replace(
                "      - {name: price", "      - {name: " + column + ", logicalType: string}\n      - {name: price");
    }

    /// That contract with one more column of its shops.
    static String withShopColumn(String contract, String column) {
        return contract.replace("roles:", "      - {name: " + column + ", logicalType: string}\nroles:");
    }

    void write(String name, String text) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String name) {
        try {
            Files.delete(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A process that starts now.
    LiveContracts open(Storage storage) {
        return open(storage, InstantSource.system());
    }

    LiveContracts open(Storage storage, InstantSource clock) {
        return LiveContracts.open(path, PLAIN, storage, clock);
    }

    /// Looks as often as it takes for an edit to count.
    static void look(LiveContracts contracts) {
        contracts.look();
        contracts.look();
    }
}
