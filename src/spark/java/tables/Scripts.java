package tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/// What is done to each table, commit by commit. `$t` in a statement is the table, `$x` the table called `x`.
final class Scripts {

    private Scripts() {}

    /// Something that adds a commit.
    interface Step {
        void run(SparkSession spark, Path tables);
    }

    static Map<String, List<Step>> all() {
        Map<String, List<Step>> all = new LinkedHashMap<>();
        all.put("widened", widened());
        all.put("widened_partition", widenedPartition());
        all.put("renamed", renamed());
        all.put("mapped_by_id", mappedById());
        all.put("evolved", evolved());
        all.put("schema_replaced", schemaReplaced());
        all.put("restored", restored());
        all.put("vectors", vectors());
        all.put("timed", timed());
        all.put("clone_source", cloneSource());
        all.put("clone", shallowClone());
        return all;
    }

    /// Types widened one by one, with rows written before and after, updated and not.
    private static List<Step> widened() {
        return sql(
                "widened",
                """
                CREATE TABLE $t (id INT, n INT, tiny TINYINT, ratio FLOAT, price DECIMAL(10,2), day DATE,
                  nested STRUCT<n: INT, day: DATE>, list ARRAY<SMALLINT>, counts MAP<STRING, INT>, toDouble INT, toDecimal INT)
                USING delta TBLPROPERTIES ('delta.enableTypeWidening' = 'true', 'delta.feature.timestampNtz' = 'supported')""",
                """
                INSERT INTO $t SELECT id, id * 10, id, id + 0.1, id + 0.25, date_add(DATE'1969-12-25', id),
                  named_struct('n', id, 'day', date_add(DATE'2026-01-01', id)), array(id, null), map('k', id), id, id
                  FROM (SELECT CAST(id AS INT) AS id FROM range(1, 13))""",
                "ALTER TABLE $t ALTER COLUMN n TYPE BIGINT",
                insertWidened("20", "5000000000", "1", "1.5", "1.5", "DATE'2026-02-01'", "1", "DATE'2026-02-01'"),
                "UPDATE $t SET n = n + 5000000000 WHERE id IN (1, 2)",
                "ALTER TABLE $t ALTER COLUMN ratio TYPE DOUBLE",
                "UPDATE $t SET ratio = 0.1D WHERE id = 3",
                "ALTER TABLE $t ALTER COLUMN price TYPE DECIMAL(20,2)",
                "UPDATE $t SET price = 123456789012345678.25 WHERE id IN (4, 20)",
                "ALTER TABLE $t ALTER COLUMN day TYPE TIMESTAMP_NTZ",
                "UPDATE $t SET day = TIMESTAMP_NTZ'2026-03-01 12:34:56.000001' WHERE id = 5",
                "ALTER TABLE $t ALTER COLUMN tiny TYPE INT",
                "DELETE FROM $t WHERE id IN (6, 7)",
                "ALTER TABLE $t ALTER COLUMN nested.n TYPE BIGINT",
                "ALTER TABLE $t ALTER COLUMN nested.day TYPE TIMESTAMP_NTZ",
                "ALTER TABLE $t ALTER COLUMN list.element TYPE INT",
                "ALTER TABLE $t ALTER COLUMN counts.value TYPE BIGINT",
                "ALTER TABLE $t ALTER COLUMN toDouble TYPE DOUBLE",
                "ALTER TABLE $t ALTER COLUMN toDecimal TYPE DECIMAL(12,2)",
                "ALTER TABLE $t ALTER COLUMN id TYPE BIGINT",
                """
                MERGE INTO $t AS target USING (SELECT 8L AS id UNION ALL SELECT 6000000000L) s ON target.id = s.id
                WHEN MATCHED THEN UPDATE SET toDouble = 0.5, toDecimal = 1.25, nested = named_struct('n', 7000000000L, 'day',
                  TIMESTAMP_NTZ'2026-04-01 01:00:00'), list = array(100000), counts = map('big', 9000000000L)
                WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, 1)""",
                "OPTIMIZE $t",
                "DELETE FROM $t WHERE id < 4");
    }

    private static String insertWidened(
            String id, String n, String tiny, String ratio, String price, String day, String nestedN, String nestedDay) {
        return """
                INSERT INTO $t VALUES (%s, %s, %s, %s, %s, %s, named_struct('n', %s, 'day', %s), array(1), map('k', 1), 1, 1)"""
                .formatted(id, n, tiny, ratio, price, day, nestedN, nestedDay);
    }

    /// Partition values are text in the log: it is not rewritten when their type is widened.
    private static List<Step> widenedPartition() {
        return sql(
                "widened_partition",
                """
                CREATE TABLE $t (id INT, number SMALLINT, day DATE, text STRING) USING delta
                PARTITIONED BY (number, day) TBLPROPERTIES ('delta.enableTypeWidening' = 'true', 'delta.feature.timestampNtz' = 'supported')""",
                """
                INSERT INTO $t VALUES (1, 1, DATE'2026-01-01', 'a'), (2, 2, DATE'1965-01-02', 'b'), (3, null, null, 'c'),
                  (4, 1, DATE'2026-01-01', 'd')""",
                "ALTER TABLE $t ALTER COLUMN number TYPE BIGINT",
                "INSERT INTO $t VALUES (5, 5000000000, DATE'2026-01-05', 'e')",
                "ALTER TABLE $t ALTER COLUMN day TYPE TIMESTAMP_NTZ",
                "INSERT INTO $t VALUES (6, 6, TIMESTAMP_NTZ'2026-01-06 01:02:03.5', 'f')",
                "UPDATE $t SET text = 'd2' WHERE id = 4",
                "DELETE FROM $t WHERE number = 2",
                "UPDATE $t SET number = 7 WHERE id IN (1, 3)");
    }

    /// Column mapping by name: what a column is called changes, its data does not.
    private static List<Step> renamed() {
        return sql(
                "renamed",
                """
                CREATE TABLE $t (id BIGINT, amount DECIMAL(10,2), note STRING, nested STRUCT<x: INT, y: STRING>) USING delta
                TBLPROPERTIES ('delta.columnMapping.mode' = 'name')""",
                "INSERT INTO $t SELECT id, id + 0.5, concat('n', id), named_struct('x', CAST(id AS INT), 'y', 'y') FROM range(1, 9)",
                "ALTER TABLE $t RENAME COLUMN amount TO total",
                "UPDATE $t SET total = 0 WHERE id = 1",
                "ALTER TABLE $t DROP COLUMN note",
                "ALTER TABLE $t ADD COLUMN note STRING",
                "UPDATE $t SET note = 'again' WHERE id = 2",
                "ALTER TABLE $t RENAME COLUMN nested.x TO xx",
                "INSERT INTO $t VALUES (9, 9, named_struct('xx', 9, 'y', 'z'), 'nine')",
                "ALTER TABLE $t DROP COLUMN note",
                "RESTORE TABLE $t TO VERSION AS OF 8",
                "DELETE FROM $t WHERE id = 3",
                "RESTORE TABLE $t TO VERSION AS OF 1");
    }

    /// Column mapping by field ids.
    private static List<Step> mappedById() {
        return sql(
                "mapped_by_id",
                """
                CREATE TABLE $t (id BIGINT, `a b` STRING, list ARRAY<STRUCT<`x y`: INT>>) USING delta
                TBLPROPERTIES ('delta.columnMapping.mode' = 'id')""",
                "INSERT INTO $t SELECT id, concat('a', id), array(named_struct('x y', CAST(id AS INT))) FROM range(1, 9)",
                "UPDATE $t SET `a b` = 'updated' WHERE id = 1",
                "ALTER TABLE $t RENAME COLUMN `a b` TO `b a`",
                "DELETE FROM $t WHERE id = 2",
                "ALTER TABLE $t DROP COLUMN `b a`",
                "ALTER TABLE $t ADD COLUMN `b a` INT",
                "INSERT INTO $t VALUES (9, array(), 9)");
    }

    /// Commits that change the schema and rows at once.
    private static List<Step> evolved() {
        return sql(
                "evolved",
                "CREATE TABLE $t (id BIGINT, name STRING) USING delta",
                "INSERT INTO $t SELECT id, concat('n', id) FROM range(1, 9)",
                """
                MERGE WITH SCHEMA EVOLUTION INTO $t AS target USING (SELECT id, concat('m', id) AS name, id * 2 AS more FROM range(5, 12)) s
                ON target.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *""",
                """
                MERGE WITH SCHEMA EVOLUTION INTO $t AS target USING (SELECT 1L AS id, named_struct('a', 1) AS nested) s
                ON target.id = s.id WHEN MATCHED THEN UPDATE SET nested = s.nested""",
                "DELETE FROM $t WHERE id > 9");
    }

    /// Another schema at the same path: overwritten, then created anew. Delta's id of the table tells.
    private static List<Step> schemaReplaced() {
        List<Step> steps = new ArrayList<>(sql(
                "schema_replaced",
                "CREATE TABLE $t (id INT, a STRING, b DOUBLE) USING delta",
                "INSERT INTO $t VALUES (1, 'a', 1.5), (2, 'b', 2.5), (3, 'c', 3.5)",
                "UPDATE $t SET a = 'B' WHERE id = 2"));
        steps.add((spark, tables) -> spark.sql("SELECT 3L AS id, 'three' AS a, DATE'2026-01-03' AS c UNION ALL SELECT 4L, 'four', null")
                .write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", true)
                .save(tables.resolve("schema_replaced").toString()));
        steps.addAll(sql(
                "schema_replaced",
                "UPDATE $t SET a = 'FOUR' WHERE id = 4",
                "CREATE TABLE schema_replaced USING delta LOCATION '$p'",
                "CREATE OR REPLACE TABLE schema_replaced (id BIGINT, a STRING) USING delta LOCATION '$p'",
                "INSERT INTO $t VALUES (4, 'four again'), (5, 'five')",
                "CREATE OR REPLACE TABLE $t USING delta TBLPROPERTIES ('delta.enableChangeDataFeed' = 'false') AS SELECT 6L AS id, 'six' AS a",
                "INSERT INTO $t VALUES (7, 'seven')"));
        return steps;
    }

    /// Back and forth between versions, also over a column that was added between them.
    private static List<Step> restored() {
        return sql(
                "restored",
                "CREATE TABLE $t (id BIGINT, name STRING) USING delta",
                "INSERT INTO $t SELECT id, concat('n', id) FROM range(1, 9)",
                "UPDATE $t SET name = 'changed' WHERE id < 3",
                "DELETE FROM $t WHERE id > 6",
                "RESTORE TABLE $t TO VERSION AS OF 1",
                "ALTER TABLE $t ADD COLUMN tier STRING",
                "UPDATE $t SET tier = 'gold' WHERE id = 4",
                "RESTORE TABLE $t TO VERSION AS OF 3",
                "RESTORE TABLE $t TO VERSION AS OF 6",
                "RESTORE TABLE $t TO VERSION AS OF 0");
    }

    /// Deletion vectors: rows die in files that stay; purging and compacting change no row.
    private static List<Step> vectors() {
        return sql(
                "vectors",
                "CREATE TABLE $t (id BIGINT, name STRING) USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
                "INSERT INTO $t SELECT id, concat('n', id) FROM range(0, 40, 1, 1)",
                "DELETE FROM $t WHERE id % 4 = 0",
                "UPDATE $t SET name = 'updated' WHERE id % 5 = 1",
                "DELETE FROM $t WHERE id BETWEEN 20 AND 25",
                "MERGE INTO $t AS target USING (SELECT id FROM range(38, 44)) s ON target.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, 'merged')",
                "RESTORE TABLE $t TO VERSION AS OF 3",
                "REORG TABLE $t APPLY (PURGE)",
                "DELETE FROM $t WHERE id = 1",
                "OPTIMIZE $t",
                "DELETE FROM $t WHERE id < 30",
                "INSERT OVERWRITE $t SELECT id, 'overwritten' FROM range(1, 5)",
                "DELETE FROM $t");
    }

    /// Commit times are in the log, whatever the files' times are.
    private static List<Step> timed() {
        return sql(
                "timed",
                "CREATE TABLE $t (id BIGINT) USING delta",
                "INSERT INTO $t VALUES (1)",
                "ALTER TABLE $t SET TBLPROPERTIES ('delta.enableInCommitTimestamps' = 'true')",
                "INSERT INTO $t VALUES (2)",
                "DELETE FROM $t WHERE id = 1");
    }

    private static List<Step> cloneSource() {
        return sql(
                "clone_source",
                "CREATE TABLE $t (id BIGINT, name STRING) USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
                "INSERT INTO $t SELECT id, concat('n', id) FROM range(0, 20, 1, 1)",
                "DELETE FROM $t WHERE id < 3");
    }

    /// Its log names files of its source, by absolute paths.
    private static List<Step> shallowClone() {
        return sql(
                "clone",
                "CREATE TABLE $t SHALLOW CLONE $clone_source",
                "INSERT INTO $t VALUES (100, 'of the clone')",
                "UPDATE $t SET name = 'updated in the clone' WHERE id IN (5, 100)",
                "DELETE FROM $t WHERE id > 10 AND id < 15",
                "DELETE FROM $t WHERE id = 7",
                "OPTIMIZE $t",
                "REORG TABLE $t APPLY (PURGE)",
                "DELETE FROM $t");
    }

    private static List<Step> sql(String table, String... statements) {
        List<Step> steps = new ArrayList<>();
        for (String statement : statements) {
            steps.add((spark, tables) -> {
                String sql = statement.replace("$t", path(tables, table)).replace("$p", tables.resolve(table).toString());
                for (String other : List.of("clone_source")) {
                    sql = sql.replace("$" + other, path(tables, other));
                }
                spark.sql(sql);
            });
        }
        return steps;
    }

    private static String path(Path tables, String name) {
        return "delta.`" + tables.resolve(name) + "`";
    }
}
