package dev.vitrine.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address as a document has it: `/api/sales/v1/monthlyRevenue/{month},{region}`.
///
/// @param whole what fits it
/// @param loose the same with any text for a key, for what is refused
record Address(String template, Pattern whole, Pattern loose, List<String> parameters) {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    static Address of(String template) {
        List<String> names = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(template);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        String each = names.size() > 1 ? "([^/,]*)" : "([^/]*)";
        return new Address(
                template,
                pattern(template, PARAMETER, each),
                pattern(template, Pattern.compile("\\{[^/]+}"), "[^/]*"),
                names);
    }

    private static Pattern pattern(String template, Pattern variable, String with) {
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        Matcher matcher = variable.matcher(template);
        while (matcher.find()) {
            pattern.append(Pattern.quote(template.substring(end, matcher.start())))
                    .append(with);
            end = matcher.end();
        }
        return Pattern.compile(pattern + Pattern.quote(template.substring(end)));
    }

    boolean matches(String path) {
        return loose.matcher(path).matches();
    }

    /// The values of the parameters in a path; empty: they are not as many.
    Map<String, String> values(String path) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = whole.matcher(path);
        if (matcher.matches()) {
            for (int i = 0; i < parameters.size(); i++) {
                values.put(
                        parameters.get(i),
                        URLDecoder.decode(matcher.group(i + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    /// A raw path with everything decoded but the key: names may be encoded too.
    static String decodedNames(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        String[] parts = path.split("/", -1);
        try {
            for (int i = 0; i < parts.length; i++) {
                if (i != 5) {
                    parts[i] = URLDecoder.decode(parts[i].replace("+", "%2B"), StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException malformed) {
            return path;
        }
        return String.join("/", parts);
    }
}
