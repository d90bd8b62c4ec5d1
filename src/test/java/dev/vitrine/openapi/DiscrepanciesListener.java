package dev.vitrine.openapi;

import java.util.List;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/// Lets the test fail in which the service and its OpenAPI document differ.
final class DiscrepanciesListener extends AbstractTestExecutionListener {

    @Override
    public void afterTestMethod(TestContext context) throws InterruptedException {
        fail(Discrepancies.take());
    }

    @Override
    public void afterTestClass(TestContext context) throws InterruptedException {
        fail(Discrepancies.take());
    }

    private static void fail(List<String> found) {
        if (!found.isEmpty()) {
            throw new AssertionError("%d exchanges are not as the OpenAPI document of their product version says:\n%s"
                    .formatted(found.size(), String.join("\n", found)));
        }
    }
}
