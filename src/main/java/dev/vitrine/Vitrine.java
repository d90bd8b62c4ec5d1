package dev.vitrine;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the service.
@SpringBootApplication(proxyBeanMethods = false)
public class Vitrine {

    public static void main(String[] arguments) {
        // Partition timestamps are read in the zone of the process: with daylight saving some of them would shift.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        SpringApplication.run(Vitrine.class, arguments);
    }
}
