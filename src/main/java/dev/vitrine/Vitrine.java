package dev.vitrine;

import dev.vitrine.command.Commands;
import java.util.List;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.observation.LettuceObservationAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;

/// Starts the service, or runs a command instead.
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {
            // Its decoder of tokens would take the place of the trusted issuers.
            OAuth2ResourceServerAutoConfiguration.class,
            // Whatever uses Redis says so itself.
            DataRedisAutoConfiguration.class,
            DataRedisReactiveAutoConfiguration.class,
            DataRedisRepositoriesAutoConfiguration.class,
            // An observation for each command would cost more than the command; the caches count for themselves.
            LettuceObservationAutoConfiguration.class
        })
public class Vitrine {

    public static void main(String[] arguments) {
        // Partition timestamps are read in the zone of the process: with daylight saving some of them would shift.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        if (Commands.named(List.of(arguments))) {
            // Read when the first logger is made, so it must stand before that.
            System.setProperty("logback.configurationFile", "logback-command.xml");
            System.exit(Commands.run(List.of(arguments), System.out, System.err));
        }
        SpringApplication.run(Vitrine.class, arguments);
    }
}
