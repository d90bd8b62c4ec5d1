// What a program does with the client of sales/v1: token, one entity, typed filters, all pages, a 404 and a 429.
import { Configuration, CustomersApi, OrdersApi, ResponseError, type Customer, type Problem } from "sales-v1";

declare const process: { argv: string[]; exit(code: number): never };

const base: string = process.argv[2]!;

async function token(): Promise<string> {
    const answer = await fetch(`${base}/oauth2/token`, {
        method: "POST",
        headers: { Authorization: "Basic " + btoa("demo:demo") },
        body: new URLSearchParams({ grant_type: "client_credentials", scope: "sales:read" }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
}

function expect(held: boolean, what: string): void {
    if (!held) {
        throw new Error(what);
    }
}

/** Waits where the service asks to: while tables are loaded, and at a limit. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
        try {
            return await call();
        } catch (failure) {
            if (!(failure instanceof ResponseError) || ![429, 503].includes(failure.response.status)) {
                throw failure;
            }
            const seconds = Math.min(5, Number(failure.response.headers.get("Retry-After") ?? 1));
            await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        }
    }
}

async function refusal(call: () => Promise<unknown>): Promise<{ status: number; problem: Problem; headers: Headers }> {
    try {
        await call();
    } catch (failure) {
        if (failure instanceof ResponseError) {
            const response: Response = failure.response;
            return { status: response.status, problem: (await response.json()) as Problem, headers: response.headers };
        }
        throw failure;
    }
    throw new Error("it was answered");
}

async function main(): Promise<void> {
    // the document's server is the address that it was read from, so the program says which
    const configuration = new Configuration({ basePath: base, accessToken: await token() });
    const customers = new CustomersApi(configuration);
    const orders = new OrdersApi(configuration);

    const one: Customer = await patiently(() => customers.getCustomer({ customerId: 1 }));
    expect(one.customerId === 1 && one.updatedAt instanceof Date, "one customer, with a date");
    expect(one.phone === undefined, "restricted fields are left out");

    const few = await patiently(() =>
        customers.listCustomers({ region: "EUROPE", customerIdLte: 500, sort: "-updatedAt", limit: 3, expand: ["orders"] }),
    );
    expect(few.items.length > 0 && few.items.every((item) => item.region === "EUROPE"), "a filter by an enum");

    const seen = new Set<number>();
    let cursor: string | undefined;
    do {
        const page = await patiently(() => customers.listCustomers({ customerIdLte: 300, limit: 100, cursor }));
        page.items.forEach((item) => seen.add(item.customerId));
        cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.size > 100, `all pages: ${seen.size}`);

    const some = await patiently(() => orders.listOrders({ limit: 1, fields: ["orderId", "totalPrice"] }));
    expect(some.items.length === 1, "an order");

    const missing = await refusal(() => patiently(() => customers.getCustomer({ customerId: 999_999_999 })));
    expect(missing.status === 404 && missing.problem.code === "unknown-key", "a 404 with its code");

    const limited = await refusal(async () => {
        for (let i = 0; i < 1000; i++) {
            await customers.getCustomer({ customerId: 1 });
        }
    });
    expect(limited.status === 429 && limited.problem.code === "quota-exceeded", "a 429 with its code");
    expect(Number(limited.headers.get("Retry-After")) > 0, "and when to come again");
    console.log("all is well");
}

main().catch((failure) => {
    console.log(failure);
    process.exit(1);
});
