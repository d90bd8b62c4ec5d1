package dev.vitrine.contract.odcs;

import dev.vitrine.contract.ContractsInvalid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Accepted contracts as bytes for the store: the text of each file of each form, compressed.
///
/// Within gzip: a format number, then per product its name, its forms and their files (path, text), each list led by
/// its length, each text by its length in bytes of UTF-8.
final class KeptForms {

    private static final int FORMAT = 1;

    private KeptForms() {}

    static byte[] write(Forms forms) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeInt(FORMAT);
            out.writeInt(forms.byProduct().size());
            for (var product : forms.byProduct().entrySet()) {
                write(out, product.getKey());
                out.writeInt(product.getValue().size());
                for (Form form : product.getValue()) {
                    out.writeInt(form.files().size());
                    for (ContractFile file : form.files()) {
                        write(out, file.path());
                        write(out, file.text());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Reads what [#write] wrote; empty if it was another version of this program that wrote it. A form that is not in
    /// order any more, because the environment has changed, is left out.
    ///
    /// @param folder where the files were read from
    static Optional<Forms> read(byte[] kept, Path folder, Environment environment) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(kept)))) {
            if (in.readInt() != FORMAT) {
                return Optional.empty();
            }
            SortedMap<String, List<Form>> products = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String product = text(in);
                List<Form> forms = new ArrayList<>();
                for (int more = in.readInt(); more > 0; more--) {
                    form(in, product, folder, environment).ifPresent(forms::add);
                }
                if (!forms.isEmpty()) {
                    products.put(product, List.copyOf(forms));
                }
            }
            return Optional.of(new Forms(products));
        } catch (IOException e) {
            throw new UncheckedIOException("the accepted contracts that the store keeps are damaged", e);
        }
    }

    private static Optional<Form> form(DataInputStream in, String product, Path folder, Environment environment)
            throws IOException {
        int count = in.readInt();
        List<ContractFile> files = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            String path = text(in);
            byte[] bytes = bytes(in);
            Path source = folder.resolve(path);
            ContractFile.read(path, bytes, source, environment, new Problems(source.toString()))
                    .ifPresent(files::add);
        }
        try {
            return files.size() == count ? Optional.of(Form.of(product, files, environment)) : Optional.empty();
        } catch (ContractsInvalid outdated) {
            return Optional.empty();
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
