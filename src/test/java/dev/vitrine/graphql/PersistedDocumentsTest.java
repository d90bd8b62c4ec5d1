package dev.vitrine.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import dev.vitrine.graphql.schema.ProductSchema;
import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistedDocumentsTest {

    private static final String DOCUMENT = "query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}";

    /// The example of the specification.
    private static final String ID = "sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e";

    @TempDir
    Path folder;

    private final AtomicLong time = new AtomicLong();

    @Test
    void areFoundByTheHashOfTheirText() throws IOException {
        Files.writeString(folder.resolve("user.graphql"), DOCUMENT);
        Files.writeString(folder.resolve("notes.txt"), "{ __typename }");
        PersistedDocuments documents = new PersistedDocuments(folder, time::get);

        assertThat(documents.document(ID)).isEqualTo(DOCUMENT);
        assertThat(documents.document(ID.toUpperCase(java.util.Locale.ROOT))).isNull();
        assertThat(documents.contains(DOCUMENT)).isTrue();
        assertThat(documents.contains(DOCUMENT + "\n")).isFalse();
        assertThat(documents.contains("{ __typename }")).isFalse();
    }

    @Test
    void comeAndGo() throws IOException {
        Path later = folder.resolve("documents");
        PersistedDocuments documents = new PersistedDocuments(later, time::get);
        assertThat(documents.document(ID)).isNull();

        Files.createDirectories(later);
        Files.writeString(later.resolve("user.graphql"), DOCUMENT);
        assertThat(documents.document(ID))
                .as("the folder is not looked at for every request")
                .isNull();
        pass();
        assertThat(documents.document(ID)).isEqualTo(DOCUMENT);
        Files.writeString(later.resolve("user.graphql"), "{ other }");
        pass();
        assertThat(documents.document(ID)).isNull();
        assertThat(documents.contains("{ other }")).isTrue();
        Files.delete(later.resolve("user.graphql"));
        pass();
        assertThat(documents.contains("{ other }")).isFalse();
    }

    @Test
    void canBeAllThatIsRun() {
        ExecutableProduct trusting = sample(false);
        ExecutableProduct trustedOnly = sample(true);
        String kept = "{ __typename }";

        assertThat(trusting.document(call(kept, null))).isEqualTo(kept);
        assertThatThrownBy(() -> trustedOnly.document(call(kept, null)))
                .isInstanceOfSatisfying(
                        CannotRun.class,
                        refusal -> assertThat(refusal.fault().getExtensions())
                                .containsEntry("code", "untrusted-document"));
        for (ExecutableProduct product : new ExecutableProduct[] {trusting, trustedOnly}) {
            assertThatThrownBy(() -> product.document(call(null, "sha256:00")))
                    .isInstanceOfSatisfying(
                            CannotRun.class,
                            refusal -> assertThat(refusal.fault().getExtensions())
                                    .containsEntry("code", "unknown-document"));
        }
    }

    /// Every document that is published with the samples can be run by those who have the schema.
    @Test
    void ofTheSamplesFitTheirSchemas() throws IOException {
        int found = 0;
        for (DataProduct product : samples().products()) {
            ExecutableProduct executable = new ExecutableProduct(product, settings(true));
            Path documents = product.source().resolveSibling("documents");
            if (Files.isDirectory(documents)) {
                try (var files = Files.list(documents)) {
                    for (Path file : files.toList()) {
                        String text = Files.readString(file);
                        String id = PersistedDocuments.id(text.getBytes(StandardCharsets.UTF_8));
                        assertThat(executable.document(call(null, id))).isEqualTo(text);
                        assertThat(executable.document(call(text, null))).isEqualTo(text);
                        assertThat(ParseAndValidate.parseAndValidate(
                                                ProductSchema.of(product),
                                                ExecutionInput.newExecutionInput(text)
                                                        .build())
                                        .getErrors())
                                .as(file.toString())
                                .isEmpty();
                        found++;
                    }
                }
            }
        }
        assertThat(found).isPositive();
    }

    private void pass() {
        time.addAndGet(Duration.ofSeconds(3).toNanos());
    }

    private static ExecutableProduct sample(boolean trustedOnly) {
        return new ExecutableProduct(samples().products().getFirst(), settings(trustedOnly));
    }

    private static Contracts samples() {
        return ContractsFolder.read(Path.of("api-contracts"), new Environment(null, true, name -> "data"));
    }

    private static GraphQlSettings settings(boolean trustedOnly) {
        return new GraphQlSettings(15, 20_000, 30, Duration.ofSeconds(10), trustedOnly);
    }

    private static GraphQlCall call(@Nullable String query, @Nullable String id) {
        return new GraphQlCall(query, id, null, Map.of(), Map.of());
    }
}
