package dev.vitrine.catalog;

import dev.vitrine.contract.DataProduct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The generated clients that lie ready for download: one file each, in `<product>/v<n>/<language>/`.
///
/// @param sdks the folder; it need not be there
@ConfigurationProperties("vitrine")
record ClientKits(@DefaultValue("./sdks") Path sdks) {

    private static final List<String> LANGUAGES = List.of("typescript", "java", "kotlin", "swift");

    /// The languages that there is a client in.
    List<String> languages(DataProduct product) {
        return LANGUAGES.stream()
                .filter(language -> file(product, language).isPresent())
                .toList();
    }

    /// The client in that language.
    Optional<Path> file(DataProduct product, String language) {
        Path folder =
                sdks.resolve(product.name()).resolve("v" + product.major()).resolve(language);
        if (!LANGUAGES.contains(language) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the clients of %s in %s cannot be read".formatted(product.address(), folder), e);
        }
    }
}
