package dev.vitrine.demo;

import dev.vitrine.access.AccessMisconfigured;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Refuses to start where others than the people at this machine could come: the demo's passwords are known to all.
@Component
@Profile("demo")
final class LoopbackOnly {

    LoopbackOnly(Environment environment) {
        require("server.address", environment.getProperty("server.address"));
        String port = environment.getProperty("management.server.port");
        if (port != null && !port.isBlank()) {
            require(
                    "management.server.address",
                    environment.getProperty(
                            "management.server.address", environment.getProperty("server.address", "")));
        }
    }

    private static void require(String key, @Nullable String address) {
        if (address == null || address.isBlank() || !isLoopback(address)) {
            throw new AccessMisconfigured(
                    "%s is '%s', and the profile 'demo' is on, whose passwords everybody knows."
                            .formatted(key, address == null ? "" : address),
                    "Leave the address at 127.0.0.1; or start without the profile 'demo', with an issuer of your own.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
