package dev.vitrine.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/// Where a table is, in the words of an ODCS server.
///
/// @param type of the server: `local`, `azure`, `s3`
/// @param folder that holds the table
/// @param name of the table's folder
record TableLocation(String type, String folder, String name) {

    static TableLocation of(String table) {
        String location = table.startsWith("file:") ? localPath(table) : table;
        int scheme = location.indexOf("://");
        if (scheme < 0) {
            Path path = Path.of(location).toAbsolutePath().normalize();
            Path parent = path.getParent();
            Path last = path.getFileName();
            return new TableLocation(
                    "local", parent == null ? path.toString() : parent.toString(), last == null ? "" : last.toString());
        }
        String trimmed = location.replaceAll("/+$", "");
        int cut = trimmed.lastIndexOf('/');
        String type = location.substring(0, scheme).toLowerCase(Locale.ROOT).startsWith("s3") ? "s3" : "azure";
        return new TableLocation(type, trimmed.substring(0, cut), trimmed.substring(cut + 1));
    }

    String whole() {
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    /// The key of the server's section that holds the folder.
    String folderKey() {
        return type.equals("local") ? "path" : "location";
    }

    private static String localPath(String uri) {
        return URI.create(uri.replace(" ", "%20")).getPath();
    }
}
