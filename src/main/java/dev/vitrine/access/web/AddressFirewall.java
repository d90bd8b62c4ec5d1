package dev.vitrine.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Lets any character through where keys of entities stand, and is as strict as ever everywhere else.
///
/// Below `/api/` the last part of an address is data: `a%2Fb`, `100%25`, `x%0Ay` name entities. No file is opened and
/// no template found by it, so what the strict firewall guards against cannot happen there.
final class AddressFirewall implements HttpFirewall {

    private static final String DATA = "/api/";

    private final StrictHttpFirewall strict = new StrictHttpFirewall();
    private final StrictHttpFirewall relaxed = relaxed();

    /// Both forms of the address must lie below `/api/`: `/api/../x` begins with it only until it is resolved.
    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        boolean data = request.getRequestURI().startsWith(request.getContextPath() + DATA)
                && request.getServletPath().startsWith(DATA);
        return (data ? relaxed : strict).getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return strict.getFirewalledResponse(response);
    }

    private static StrictHttpFirewall relaxed() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowSemicolon(true);
        firewall.setAllowNull(true);
        firewall.setAllowUrlEncodedCarriageReturn(true);
        firewall.setAllowUrlEncodedLineFeed(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowedHeaderValues(AddressFirewall::isText);
        return firewall;
    }

    /// The values of headers that the strict firewall allows too, without a regular expression for each: a token is
    /// long.
    static boolean isText(String value) {
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            boolean plain = character >= ' ' && character <= '~' || character == '\t';
            if (!plain && (Character.isISOControl(character) || !Character.isDefined(character))) {
                return false;
            }
        }
        return true;
    }
}
