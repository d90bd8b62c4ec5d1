package dev.vitrine.rest.problem;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/// What each problem type means and how to mend it: for people as HTML, for programs as JSON.
@RestController
final class ProblemPages {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>%1$s</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}</style></head>
            <body>
            %2$s
            </body>
            </html>
            """;

    @GetMapping(path = "/problems", produces = MediaType.APPLICATION_JSON_VALUE)
    List<Explanation> all() {
        return Arrays.stream(ProblemType.values()).map(Explanation::of).toList();
    }

    @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    String allForPeople() {
        String list = Arrays.stream(ProblemType.values())
                .map(type -> "<li><a href=\"%s\">%s</a>: %s</li>"
                        .formatted(type.path(), type.slug(), HtmlUtils.htmlEscape(type.title())))
                .collect(Collectors.joining("\n", "<h1>Problems</h1>\n<ul>\n", "\n</ul>"));
        return PAGE.formatted("Problems", list);
    }

    @GetMapping(path = "/problems/{slug}", produces = MediaType.APPLICATION_JSON_VALUE)
    Explanation one(@PathVariable String slug) {
        return ProblemType.of(slug).map(Explanation::of).orElseThrow(() -> unknown(slug));
    }

    @GetMapping(path = "/problems/{slug}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> oneForPeople(@PathVariable String slug) {
        ProblemType type = ProblemType.of(slug).orElseThrow(() -> unknown(slug));
        String text = "<h1>%s</h1>\n<p>%d · <code>%s</code></p>\n<p>%s</p>\n<h2>How to mend it</h2>\n<p>%s</p>"
                .formatted(
                        HtmlUtils.htmlEscape(type.title()),
                        type.status().value(),
                        type.slug(),
                        HtmlUtils.htmlEscape(type.explanation()),
                        HtmlUtils.htmlEscape(type.remedy()));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(PAGE.formatted(HtmlUtils.htmlEscape(type.title()), text));
    }

    private static Refusal unknown(String slug) {
        String known =
                Arrays.stream(ProblemType.values()).map(ProblemType::slug).collect(Collectors.joining(", "));
        return new Refusal(
                ProblemType.UNKNOWN_ADDRESS, "There is no problem type %s; there are: %s".formatted(slug, known));
    }

    record Explanation(String code, int status, String title, String explanation, String remedy) {
        static Explanation of(ProblemType type) {
            return new Explanation(type.slug(), type.status().value(), type.title(), type.explanation(), type.remedy());
        }
    }
}
