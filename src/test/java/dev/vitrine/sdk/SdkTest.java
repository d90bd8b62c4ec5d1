package dev.vitrine.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.Vitrine;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.odcs.ContractsFolder;
import dev.vitrine.contract.odcs.Environment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.util.FileSystemUtils;

/// Generates the clients, packs them into `target/sdks`, and uses them against the running service as their users do.
/// Only with the profile `sdk`, which brings the generator.
@SpringBootTest(
        classes = Vitrine.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "vitrine.data=target/sdk/data",
            "vitrine.sdks=target/sdks",
            "vitrine.limits.plans.demo.burst=300/5s",
            "logging.level.dev.vitrine=warn"
        })
@ActiveProfiles("demo")
@EnabledIf(value = "dev.vitrine.sdk.SdkTest#hasTheGenerator", disabledReason = "run ./mvnw -Psdk package")
class SdkTest {

    private static final Path WORK = Path.of("target", "sdk");
    private static final Path KITS = Path.of("target", "sdks");
    private static final Path NODE = Path.of("src", "test", "node");
    private static final Path TSC = NODE.resolve("node_modules/typescript/bin/tsc");
    private static final Path USERS = Path.of("src", "test", "sdk");

    @LocalServerPort
    private int port;

    static boolean hasTheGenerator() {
        return Files.exists(Generator.PROGRAM);
    }

    @BeforeEach
    void empty() throws IOException {
        Files.createDirectories(WORK);
    }

    @Test
    void aClientInJavaWorksAgainstTheService() throws Exception {
        for (DataProduct product : products()) {
            keep(product, "java", generator(product).java());
        }
        Path classes = WORK.resolve("used-java");
        String classPath = KITS.resolve("sales/v1/java/sales-v1-1.0.0.jar").toAbsolutePath()
                + File.pathSeparator
                + System.getProperty("java.class.path");
        Generator.compile(USERS, classes, classPath);

        assertThat(Generator.run(
                        Path.of(""),
                        Generator.JAVA,
                        "-cp",
                        classes.toAbsolutePath() + File.pathSeparator + classPath,
                        "UseSales",
                        url()))
                .endsWith("all is well" + System.lineSeparator());
    }

    @Test
    void aClientInTypeScriptWorksAgainstTheService() throws Exception {
        assumeTrue(Files.exists(TSC), "TypeScript is not installed: npm ci --prefix " + NODE);
        for (DataProduct product : products()) {
            keep(product, "typescript", generator(product).typescript(TSC));
        }
        Path user = WORK.resolve("used-typescript");
        FileSystemUtils.deleteRecursively(user);
        Files.createDirectories(user);
        Files.writeString(user.resolve("package.json"), "{\"name\": \"user\", \"private\": true}");
        Files.copy(USERS.resolve("use-sales.ts"), user.resolve("use-sales.ts"));
        Path kit = KITS.resolve("sales/v1/typescript/sales-v1-1.0.0.tgz").toAbsolutePath();
        Generator.run(user, "npm", "install", "--silent", "--offline", "--no-audit", "--no-fund", kit.toString());
        Generator.run(
                user,
                "node",
                TSC.toAbsolutePath().toString(),
                "--strict",
                "--target",
                "es2022",
                "--module",
                "nodenext",
                "--lib",
                "es2022,dom",
                "use-sales.ts");

        assertThat(Generator.run(user, "node", "use-sales.js", url())).endsWith("all is well\n");
    }

    @Test
    void aClientInKotlinWorksAgainstTheService() throws Exception {
        for (DataProduct product : products()) {
            keep(product, "kotlin", generator(product).kotlin());
        }
        Path classes = WORK.resolve("used-kotlin");
        String classPath = WORK.resolve("sales-v1/kotlin-classes").toAbsolutePath()
                + File.pathSeparator
                + System.getProperty("java.class.path");
        Generator.compileKotlin(USERS.resolve("UseSales.kt"), classes, classPath);

        assertThat(Generator.run(
                        Path.of(""),
                        Generator.JAVA,
                        "-cp",
                        classes.toAbsolutePath() + File.pathSeparator + classPath,
                        "UseSalesKt",
                        url()))
                .endsWith("all is well" + System.lineSeparator());
    }

    /// There is no compiler for it here.
    @Test
    void aClientInSwiftIsMade() throws Exception {
        for (DataProduct product : products()) {
            keep(product, "swift", generator(product).swift());
        }
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    private static List<DataProduct> products() {
        return ContractsFolder.read(Path.of("api-contracts"), new Environment(null, false, name -> "data"))
                .products();
    }

    private static Generator generator(DataProduct product) {
        String name = product.name() + "-v" + product.major();
        return new Generator(
                product.source().resolveSibling("openapi.yaml"), WORK.resolve(name), name, product.version());
    }

    private static void keep(DataProduct product, String language, Path packed) throws IOException {
        Path folder = KITS.resolve(product.address()).resolve(language);
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder);
        Files.copy(packed, folder.resolve(packed.getFileName()));
    }
}
