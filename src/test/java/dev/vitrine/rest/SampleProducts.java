package dev.vitrine.rest;

import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.DataProduct.Status;
import dev.vitrine.contract.EntityType;
import dev.vitrine.contract.Field;
import dev.vitrine.contract.FieldPath;
import dev.vitrine.contract.FieldType;
import dev.vitrine.contract.FieldType.ArrayType;
import dev.vitrine.contract.FieldType.DateType;
import dev.vitrine.contract.FieldType.DecimalType;
import dev.vitrine.contract.FieldType.IntegerType;
import dev.vitrine.contract.FieldType.ObjectType;
import dev.vitrine.contract.FieldType.StringType;
import dev.vitrine.contract.Role;
import dev.vitrine.contract.RowFilter;
import dev.vitrine.contract.SortTerm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A small shop: customers with a plain key, stock with a composite one, in a retired and a current version.
final class SampleProducts {

    static final FieldType TEXT = StringType.any();

    private static final Field ID =
            new Field("customerId", "c_custkey", TEXT, true, true, null, null, null, List.of(1, 1043));
    private static final Field SEGMENT = field(
            "segment", new StringType(null, null, null, null, List.of("HOUSEHOLD", "MACHINERY")), false, true, null);
    private static final Field BALANCE = field("balance", new DecimalType(12, 2, false), false, true, "restricted");
    private static final Field ADDRESS = field(
            "address",
            new ObjectType(
                    List.of(field("nation", TEXT, true, true, null), field("street", TEXT, false, false, null)), true),
            true,
            false,
            null);
    private static final Field LINES = field(
            "lines",
            new ArrayType(new ObjectType(List.of(field("shipDate", new DateType(), true, false, null)), false)),
            true,
            false,
            null);
    private static final Field LIMIT = field("limit", new IntegerType(false, 0L, null), false, true, null);

    static final EntityType CUSTOMERS = new EntityType(
            "customers",
            "Customer",
            "dim_customer",
            null,
            "Everyone who bought.",
            List.of(ID, SEGMENT, BALANCE, ADDRESS, LINES, LIMIT),
            List.of(new FieldPath(List.of(ID))),
            List.of(List.of(new SortTerm("segment", false), new SortTerm("balance", true))),
            List.of(),
            0.5);

    private static final Field DAY = field("day", new DateType(), true, true, null);
    private static final Field SHELF = field("shelf", TEXT, true, true, null);

    static final EntityType STOCK = new EntityType(
            "stock",
            "Stock",
            "stock",
            null,
            null,
            List.of(DAY, SHELF, field("pieces", new IntegerType(false, null, null), true, false, null)),
            List.of(new FieldPath(List.of(DAY)), new FieldPath(List.of(SHELF))),
            List.of(),
            List.of(),
            0.5);

    static final List<DataProduct> ALL = List.of(product("shop", 1, Status.RETIRED), product("shop", 2, Status.ACTIVE));

    private SampleProducts() {}

    static DataProduct product(String name, int major, Status status) {
        List<Role> roles = List.of(
                new Role("shop:read", "Reads what is public", Set.of(), Map.of()),
                new Role("shop:europe", null, Set.of(), Map.of("customers", new RowFilter.And(List.of()))));
        return new DataProduct(
                name,
                major,
                major + ".4.0",
                status,
                name + major,
                "What the shop sells.",
                "/nowhere",
                List.of(CUSTOMERS, STOCK),
                roles,
                List.of(),
                Path.of("shop.odcs.yaml"));
    }

    private static Field field(
            String name, FieldType type, boolean required, boolean filterable, @Nullable String classification) {
        return new Field(name, name, type, required, filterable, classification, null, null, List.of());
    }
}
