package dev.vitrine.graphql;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/// Starts the one server that all tests of the GraphQL door share.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = GraphQlTestApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "vitrine.budget.products.shop=1000",
            "vitrine.budget.point-reads-only=true",
            "vitrine.budget.look-every=20ms",
            // the subject of a token names its plan
            "vitrine.limits.plan-claim=sub",
            "vitrine.limits.plans.frugal.minute=10/1m",
            "vitrine.limits.plans.payer.day=1000000/1d",
            "management.endpoint.health.show-details=always"
        })
@interface GraphQlTest {}
