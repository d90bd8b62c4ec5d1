package dev.vitrine.rest.problem;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BaseAddress.class)
class ProblemConfiguration {

    @Bean
    Problems problems(BaseAddress base, JsonMapper json) {
        return new Problems(base, json);
    }

    @Bean
    SecurityProblems securityProblems(Problems problems) {
        return new SecurityProblems(problems);
    }

    /// Last, so that it is the first to see a failed request.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReport() {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReport()));
    }
}
