import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.Base64
import sales.v1.apis.CustomersApi
import sales.v1.infrastructure.ApiClient
import sales.v1.infrastructure.ClientError
import sales.v1.infrastructure.ClientException
import sales.v1.infrastructure.ServerError
import sales.v1.infrastructure.ServerException
import sales.v1.models.Customer
import sales.v1.models.CustomerField
import sales.v1.models.CustomerKeys
import sales.v1.models.CustomerRelation
import sales.v1.models.CustomerSort

/** What an app does with the client of sales/v1: token, one entity, typed filters, all pages, a batch, a 404 and a 429. */
fun main(arguments: Array<String>) {
    val base = arguments[0]
    ApiClient.accessToken = token(base)
    val customers = CustomersApi(base)

    val one = patiently { customers.getCustomer(1) }
    expect(one.customerId == 1L && one.updatedAt != null, "one customer, with a time")
    expect(one.phone == null, "restricted fields are left out")

    val few = patiently {
        customers.listCustomers(
            region = CustomersApi.RegionListCustomers.EUROPE,
            customerIdLte = 500,
            sort = CustomerSort.NAME_DESC,
            fields = listOf(CustomerField.CUSTOMER_ID, CustomerField.NAME, CustomerField.REGION),
            expand = listOf(CustomerRelation.ORDERS),
            limit = 3,
        )
    }
    expect(few.items.size == 3 && few.items.all { it.region == Customer.Region.EUROPE }, "a filter by an enum")
    expect(few.items.zipWithNext().all { (left, right) -> left.name!! >= right.name!! }, "sorted")
    expect(few.items.all { it.orders != null && it.address == null }, "a relation, and the fields that were wished for")

    val seen = mutableSetOf<Long>()
    var cursor: String? = null
    do {
        val page = patiently { customers.listCustomers(customerIdLte = 300, limit = 100, cursor = cursor) }
        page.items.forEach { seen += it.customerId }
        cursor = page.nextCursor
    } while (cursor != null)
    expect(seen.size > 100, "all pages: ${seen.size}")

    val batch = patiently { customers.batchGetCustomers(CustomerKeys(listOf(1, 999_999_999))) }
    expect(batch.items.map { it.status } == listOf(200, 404), "a batch: ${batch.items.map { it.status }}")

    val missing = refusal { patiently { customers.getCustomer(999_999_999) } }
    expect(missing.statusCode == 404 && "unknown-key" in missing.body.toString(), "a 404 with its code: ${missing.body}")

    val limited = refusal { repeat(1000) { customers.getCustomer(1) } }
    expect(limited.statusCode == 429 && "quota-exceeded" in limited.body.toString(), "a 429 with its code")
    println("all is well")
}

/** Waits where the service asks to: while tables are loaded, and at a limit. */
private fun <T> patiently(call: () -> T): T {
    while (true) {
        try {
            return call()
        } catch (failure: ClientException) {
            if (failure.statusCode != 429) throw failure
            rest((failure.response as ClientError<*>).headers)
        } catch (failure: ServerException) {
            if (failure.statusCode != 503) throw failure
            rest((failure.response as ServerError<*>).headers)
        }
    }
}

private fun rest(headers: Map<String, List<String>>) {
    val seconds = headers.entries.firstOrNull { it.key.equals("Retry-After", true) }?.value?.first()?.toLong() ?: 1
    Thread.sleep(minOf(5, seconds) * 1000)
}

private fun refusal(call: () -> Unit): ClientError<*> {
    try {
        call()
    } catch (failure: ClientException) {
        return failure.response as ClientError<*>
    }
    throw IllegalStateException("it was answered")
}

private fun token(base: String): String {
    val request = HttpRequest.newBuilder(URI.create("$base/oauth2/token"))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("demo:demo".toByteArray()))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=sales:read"))
        .build()
    val answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body()
    return Regex("\"access_token\":\"([^\"]+)\"").find(answer)!!.groupValues[1]
}

private fun expect(held: Boolean, what: String) {
    check(held) { what }
}
