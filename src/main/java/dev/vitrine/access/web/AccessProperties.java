package dev.vitrine.access.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may look at what is not data.
///
/// @param docs who sees the OpenAPI documents and Swagger UI
@ConfigurationProperties("vitrine")
record AccessProperties(@DefaultValue("public") Docs docs) {

    /// Who sees the documents of the API.
    enum Docs {
        /// everybody
        PUBLIC,
        /// callers with any valid token
        TOKEN
    }
}
