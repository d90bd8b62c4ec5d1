package dev.vitrine.openapi;

import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/// Puts the [ExchangeFilter] in front of every application under test.
final class DescribedExchanges implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        return new Registration();
    }

    /// A record, so that all are equal and contexts are shared as ever.
    private record Registration() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            FilterRegistrationBean<ExchangeFilter> filter =
                    new FilterRegistrationBean<>(new ExchangeFilter(new Descriptions(beans)));
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            filter.addUrlPatterns("/*");
            filter.setDispatcherTypes(jakarta.servlet.DispatcherType.REQUEST, jakarta.servlet.DispatcherType.ERROR);
            filter.setName("describedExchanges");
            beans.registerSingleton("describedExchanges", filter);
        }
    }
}
