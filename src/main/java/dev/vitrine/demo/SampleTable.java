package dev.vitrine.demo;

import java.util.List;

/// The gold tables of the sample shop.
enum SampleTable {
    CUSTOMERS("dim_customer", """
            c_custkey bigint, c_name string, c_address string, c_nation string, c_region string, c_phone string,
            c_acctbal decimal(12,2), c_mktsegment string, c_comment string, c_updated_at timestamp,
            c_loyalty_tier string
            """, "c_custkey"),
    ORDERS("fact_orders", """
            o_orderkey bigint, o_custkey bigint, o_orderstatus string, o_totalprice decimal(12,2), o_orderdate date,
            o_orderpriority string, o_clerk string,
            o_lines array<struct<linenumber: int, partkey: bigint, quantity: decimal(12,2),
                extendedprice: decimal(12,2), shipdate: date>>,
            o_comment string
            """, "o_orderkey"),
    MONTHLY_REVENUE("monthly_revenue", """
            month date, region string, orders bigint, revenue decimal(18,2), avg_order double
            """, "month", "region");

    private final String folder;
    private final String columns;
    private final List<String> key;

    SampleTable(String folder, String columns, String... key) {
        this.folder = folder;
        this.columns = columns;
        this.key = List.of(key);
    }

    /// Name of the table and of its folder.
    String folder() {
        return folder;
    }

    /// As in Spark's SQL.
    String columns() {
        return columns;
    }

    List<String> key() {
        return key;
    }
}
