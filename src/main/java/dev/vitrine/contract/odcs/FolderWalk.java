package dev.vitrine.contract.odcs;

import dev.vitrine.contract.Problem;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One walk through a folder of contracts, which may be changing. Links are followed and hidden folders are passed by:
/// Kubernetes mounts a ConfigMap as links into `..data`, which is a link to a hidden folder that it replaces.
final class FolderWalk extends SimpleFileVisitor<Path> {

    private static final String SUFFIX = ".odcs.yaml";
    private static final String BASELINE = "published.odcs.yaml";
    private static final int MAX_BYTES = 3_000_000;

    private final Path folder;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final SortedMap<String, byte[]> baselines = new TreeMap<>();
    private final SortedMap<String, Problem> unreadable = new TreeMap<>();

    FolderWalk(Path folder) {
        this.folder = folder;
    }

    Listing listing() {
        return new Listing(folder, files, baselines, unreadable, walk());
    }

    private @Nullable Problem walk() {
        if (!Files.isDirectory(folder)) {
            return unusable("there is no such folder");
        }
        try {
            Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
        } catch (IOException e) {
            return unusable("the folder cannot be read: " + e);
        }
        return files.isEmpty() && unreadable.isEmpty() ? unusable("the folder holds no *" + SUFFIX + " file") : null;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return hidden(directory) && !directory.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        boolean contract = name.endsWith(SUFFIX) && !hidden(file);
        // a link that leads nowhere is one that cannot be read
        if (contract && (attributes.isRegularFile() || attributes.isSymbolicLink())) {
            read(file, name.equals(BASELINE) ? baselines : files);
        }
        return FileVisitResult.CONTINUE;
    }

    private void read(Path file, SortedMap<String, byte[]> into) {
        String path = StreamSupport.stream(folder.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
        try {
            if (Files.size(file) > MAX_BYTES) {
                unreadable.put(path, problem(file, "the file is larger than any contract (3 MB)", "Split the product"));
            } else {
                into.put(path, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            unreadable.put(path, problem(file, "the file cannot be read: " + e, "Let the service read it"));
        }
    }

    /// What vanished while it was looked at is not there; what leads back to where the walk came from is no news.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException && !file.equals(folder)
                || failure instanceof FileSystemLoopException
                || hidden(file)) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private static boolean hidden(Path path) {
        return path.getFileName() != null && path.getFileName().toString().startsWith(".");
    }

    private Problem unusable(String why) {
        return new Problem(
                folder.toAbsolutePath().normalize().toString(),
                0,
                "(folder)",
                why,
                "Set vitrine.contracts to a folder with contracts; the command scaffold writes a first one");
    }

    private static Problem problem(Path file, String message, String fix) {
        return new Problem(file.toString(), 0, "(document)", message, fix);
    }
}
