package dev.vitrine.rest.problem;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Makes a URI reference of a request target that came with characters no URI may have.
final class UriText {

    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?%";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UriText() {}

    static String escaped(String target) {
        StringBuilder text = new StringBuilder(target.length());
        for (byte octet : target.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || ALLOWED.indexOf(character) >= 0)) {
                text.append(character);
            } else {
                text.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return text.toString();
    }
}
