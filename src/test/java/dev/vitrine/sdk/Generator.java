package dev.vitrine.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import tools.jackson.databind.json.JsonMapper;

/// Generates the clients of one product version and packs each into a file, as `vitrine.sdks` wants them.
///
/// @param folder where the sources are put
/// @param name of the packages: `sales-v1`
/// @param version of the contract
record Generator(Path openapi, Path folder, String name, String version) {

    /// Copied there by the profile `sdk`.
    static final Path PROGRAM = Path.of("target", "sdk", "openapi-generator.jar");

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /// A CommonJS package with its types, without dependencies.
    Path typescript(Path tsc) throws IOException, InterruptedException {
        Path source = generate("typescript-fetch", "typescript", "npmName=" + name, "importFileExtension=.js");
        Map<String, Object> manifest = Map.of(
                "name",
                name,
                "version",
                version,
                "description",
                "Client of " + name,
                "main",
                "./dist/index.js",
                "types",
                "./dist/index.d.ts",
                "files",
                List.of("dist"));
        Files.writeString(source.resolve("package.json"), JsonMapper.shared().writeValueAsString(manifest));
        run(source, "node", tsc.toAbsolutePath().toString(), "--strict", "-p", ".");
        run(source, "npm", "pack", "--silent", "--offline");
        return source.resolve("%s-%s.tgz".formatted(name, version));
    }

    /// Classes and sources; needs Jackson 2 with jackson-datatype-jsr310, and jakarta.annotation-api.
    Path java() throws IOException, InterruptedException {
        String root = name.replace('-', '.');
        Path source = generate(
                "java",
                "java",
                "library=native",
                "openApiNullable=false",
                "useJakartaEe=true",
                "useSingleRequestParameter=true",
                "invokerPackage=" + root,
                "apiPackage=" + root + ".api",
                "modelPackage=" + root + ".model",
                "artifactId=" + name);
        Path code = source.resolve("src/main/java");
        Path classes = source.resolve("classes");
        compile(code, classes, System.getProperty("java.class.path"));
        Path jar = source.resolve("%s-%s.jar".formatted(name, version));
        try (ZipOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(classes, "", out);
            add(code, "", out);
        }
        return jar;
    }

    /// Sources with a Gradle build; compiled once, as that would do it.
    Path kotlin() throws IOException, InterruptedException {
        Path source = generate("kotlin", "kotlin", "packageName=" + name.replace('-', '.'));
        compileKotlin(
                source.resolve("src/main/kotlin"),
                folder.resolve("kotlin-classes"),
                System.getProperty("java.class.path"));
        return zipped("kotlin", source);
    }

    Path swift() throws IOException, InterruptedException {
        return zipped("swift", generate("swift6", "swift", "projectName=" + name.replace("-", "")));
    }

    private Path zipped(String language, Path source) throws IOException {
        Path zip = folder.resolve("%s-%s-%s.zip".formatted(name, language, version));
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            add(source, name + "/", out);
        }
        return zip;
    }

    private Path generate(String generator, String language, String... properties)
            throws IOException, InterruptedException {
        Path out = folder.resolve(language);
        run(
                Path.of(""),
                JAVA,
                "-jar",
                PROGRAM.toString(),
                "generate",
                "-i",
                openapi.toString(),
                "-g",
                generator,
                "-o",
                out.toString(),
                "--global-property",
                "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false",
                "--additional-properties",
                "hideGenerationTimestamp=true,artifactVersion=" + version + "," + String.join(",", properties));
        return out;
    }

    static void compile(Path code, Path classes, String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(code)) {
            List<Path> sources =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-d", classes.toString(), "-cp", classPath, "-proc:none", "-nowarn");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .isTrue();
        }
    }

    static void compileKotlin(Path code, Path classes, String classPath) throws IOException, InterruptedException {
        run(
                Path.of(""),
                JAVA,
                "-cp",
                System.getProperty("java.class.path"),
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-nowarn",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                code.toString());
    }

    private static void add(Path folder, String prefix, ZipOutputStream out) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!path.startsWith(".openapi-generator")) {
                    out.putNextEntry(new ZipEntry(prefix + path));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
    }

    /// Runs a program to its end; fails with what it printed.
    static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }
}
