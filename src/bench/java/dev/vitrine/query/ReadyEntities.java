package dev.vitrine.query;

import dev.vitrine.access.Grants;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// Answers lie ready, as if a cache had each of them: what is measured is all else that a read costs. Grants, limits and
/// audit are in front of it as ever.
@Component
@ConditionalOnProperty("bench.ready")
final class ReadyEntities implements BeanPostProcessor {

    private final ObjectProvider<Grants> grants;

    ReadyEntities(ObjectProvider<Grants> grants) {
        this.grants = grants;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof Entities entities ? new CountedEntities(ready(entities), grants.getObject()) : bean;
    }

    private static Entities ready(Entities entities) {
        // One collection and one caller are asked about: the key tells the answer.
        Map<Object, Object> answers = new ConcurrentHashMap<>();
        return (Entities) Proxy.newProxyInstance(
                ReadyEntities.class.getClassLoader(), new Class<?>[] {Entities.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("get")) {
                        return ask(entities, method, arguments);
                    }
                    Object ready = answers.get(arguments[2]);
                    if (ready == null) {
                        ready = ask(entities, method, arguments);
                        if (ready instanceof EntityAnswer.One) {
                            answers.put(arguments[2], ready);
                        }
                    }
                    return ready;
                });
    }

    private static Object ask(Entities entities, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(entities, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
