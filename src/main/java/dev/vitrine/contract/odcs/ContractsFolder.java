package dev.vitrine.contract.odcs;

import dev.vitrine.contract.Contracts;
import dev.vitrine.contract.ContractsInvalid;
import dev.vitrine.contract.DataProduct;
import dev.vitrine.contract.LoadedContracts;
import dev.vitrine.contract.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of contracts: every `*.odcs.yaml` below it, but not in hidden folders; `published.odcs.yaml` is a baseline
/// and no contract.
public final class ContractsFolder {

    private static final String SUFFIX = ".odcs.yaml";
    private static final String BASELINE = "published.odcs.yaml";
    private static final int MAX_BYTES = 3_000_000;

    private ContractsFolder() {}

    /// Reads all contracts. Drafts and proposals are checked too, but left out unless the environment wants them.
    ///
    /// @throws ContractsInvalid with everything that is wrong in all files
    public static Contracts read(Path folder, Environment environment) {
        List<Problem> problems = new ArrayList<>();
        List<DataProduct> products = new ArrayList<>();
        Map<String, DataProduct> byAddress = new HashMap<>();
        for (Path file : files(folder)) {
            Problems inFile = new Problems(file.toString());
            product(file, environment, inFile).ifPresent(product -> {
                DataProduct other = byAddress.putIfAbsent(product.address(), product);
                if (other != null && !product.name().isEmpty()) {
                    inFile.add(
                            0,
                            "version",
                            product.address() + " is described by " + other.source() + " too",
                            "Keep one file a product and major version");
                }
                if (isServed(product, environment)) {
                    products.add(product);
                }
            });
            problems.addAll(inFile.list());
        }
        if (!problems.isEmpty()) {
            throw new ContractsInvalid(problems);
        }
        return LoadedContracts.of(products);
    }

    private static boolean isServed(DataProduct product, Environment environment) {
        return switch (product.status()) {
            case PROPOSED, DRAFT -> environment.drafts();
            case ACTIVE, DEPRECATED, RETIRED -> true;
        };
    }

    private static Optional<DataProduct> product(Path file, Environment environment, Problems problems) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(0, "", "the file is larger than any contract (3 MB)", "Split the product");
                return Optional.empty();
            }
            return new ContractReader(environment, problems).read(Files.readAllBytes(file), file);
        } catch (IOException e) {
            problems.add(0, "", "the file cannot be read: " + e, "Let the service read it");
            return Optional.empty();
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw unusable(folder, "there is no such folder");
        }
        try (Stream<Path> below = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files =
                    below.filter(file -> isContract(folder, file)).sorted().toList();
            if (files.isEmpty()) {
                throw unusable(folder, "the folder holds no *" + SUFFIX + " file");
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw unusable(folder, "the folder cannot be read: " + e.getMessage());
        }
    }

    private static boolean isContract(Path folder, Path file) {
        String name = file.getFileName().toString();
        for (Path step : folder.relativize(file)) {
            if (step.toString().startsWith(".")) {
                return false;
            }
        }
        return name.endsWith(SUFFIX) && !name.equals(BASELINE) && Files.isRegularFile(file);
    }

    private static ContractsInvalid unusable(Path folder, String why) {
        return new ContractsInvalid(List.of(new Problem(
                folder.toAbsolutePath().normalize().toString(),
                0,
                "(folder)",
                why,
                "Set vitrine.contracts to a folder with contracts; the command scaffold writes a first one")));
    }
}
