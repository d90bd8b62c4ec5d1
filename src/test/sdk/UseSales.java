import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sales.v1.ApiClient;
import sales.v1.ApiException;
import sales.v1.api.CustomersApi;
import sales.v1.model.Customer;
import sales.v1.model.CustomerPage;
import sales.v1.model.CustomerRelation;
import sales.v1.model.CustomerSort;

/// What a program does with the client of sales/v1: token, one entity, typed filters, all pages, a 404 and a 429.
public final class UseSales {

    private interface Call<T> {
        T make() throws ApiException;
    }

    public static void main(String[] arguments) throws Exception {
        String base = arguments[0];
        String token = token(base);
        ApiClient client = new ApiClient();
        // the document's server is the address that it was read from, so the program says which
        client.updateBaseUri(base);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        CustomersApi customers = new CustomersApi(client);

        Customer one = patiently(() -> customers.getCustomer(
                CustomersApi.APIGetCustomerRequest.newBuilder().customerId(1L).build()));
        expect(one.getCustomerId() == 1 && one.getUpdatedAt() != null, "one customer, with a time");
        expect(one.getPhone() == null, "restricted fields are left out");

        CustomerPage few = patiently(() -> customers.listCustomers(CustomersApi.APIListCustomersRequest.newBuilder()
                .region("EUROPE")
                .customerIdLte(500L)
                .sort(CustomerSort.values()[0])
                .expand(List.of(CustomerRelation.values()[0]))
                .limit(3)
                .build()));
        expect(!few.getItems().isEmpty(), "a filter");
        for (Customer customer : few.getItems()) {
            expect(customer.getRegion() == Customer.RegionEnum.EUROPE, "an enum");
        }

        Set<Long> seen = new HashSet<>();
        String cursor = null;
        do {
            String from = cursor;
            CustomerPage page = patiently(() -> customers.listCustomers(CustomersApi.APIListCustomersRequest.newBuilder()
                    .customerIdLte(300L)
                    .limit(100)
                    .cursor(from)
                    .build()));
            page.getItems().forEach(customer -> seen.add(customer.getCustomerId()));
            cursor = page.getNextCursor();
        } while (cursor != null);
        expect(seen.size() > 100, "all pages: " + seen.size());

        ApiException missing = refusal(() -> patiently(() -> customers.getCustomer(
                CustomersApi.APIGetCustomerRequest.newBuilder().customerId(999_999_999L).build())));
        expect(missing.getCode() == 404 && code(missing).equals("unknown-key"), "a 404 with its code");

        ApiException limited = refusal(() -> {
            for (int i = 0; i < 1000; i++) {
                customers.getCustomer(
                        CustomersApi.APIGetCustomerRequest.newBuilder().customerId(1L).build());
            }
            return null;
        });
        expect(limited.getCode() == 429 && code(limited).equals("quota-exceeded"), "a 429 with its code");
        System.out.println("all is well");
    }

    /// Waits where the service asks to: while tables are loaded, and at a limit.
    private static <T> T patiently(Call<T> call) throws ApiException {
        while (true) {
            try {
                return call.make();
            } catch (ApiException failure) {
                if (failure.getCode() != 429 && failure.getCode() != 503) {
                    throw failure;
                }
                long seconds = failure.getResponseHeaders().firstValueAsLong("Retry-After").orElse(1);
                try {
                    Thread.sleep(Math.min(5, seconds) * 1000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static ApiException refusal(Call<?> call) {
        try {
            call.make();
        } catch (ApiException failure) {
            return failure;
        }
        throw new IllegalStateException("it was answered");
    }

    private static String code(ApiException failure) throws Exception {
        return new ObjectMapper().readTree(failure.getResponseBody()).path("code").asText();
    }

    private static String token(String base) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("demo:demo".getBytes()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=sales:read"))
                .build();
        JsonNode answer = new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
        return answer.path("access_token").asText();
    }

    private static void expect(boolean held, String what) {
        if (!held) {
            throw new IllegalStateException(what);
        }
    }
}
