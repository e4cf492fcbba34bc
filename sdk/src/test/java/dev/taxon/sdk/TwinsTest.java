package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be waited for can be had without waiting, and the reverse. */
final class TwinsTest {

    private static final String ASYNC = "Async";

    /** Methods without a twin, and why. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "Training.job()", "is known already, and asks nothing",
            "JobsClient.events(String)", "gives an iterator, which waits by itself; eventsAsync tells of the same");

    static Stream<Method> waiting() {
        return methods().filter(method -> !isFuture(method));
    }

    static Stream<Method> futures() {
        return methods().filter(TwinsTest::isFuture);
    }

    private static Stream<Method> methods() {
        return CallTypes.all().stream().flatMap(CallTypes::methods).filter(TwinsTest::isCall);
    }

    /** Not the ways to other clients, and not lists, which are fetched as they are read. */
    private static boolean isCall(Method method) {
        Class<?> type = method.getReturnType();
        return !Modifier.isStatic(method.getModifiers())
                && !type.getSimpleName().endsWith("Client")
                && type != Paged.class
                && !EXCEPTIONS.containsKey(CallTypes.name(method));
    }

    private static boolean isFuture(Method method) {
        return method.getReturnType() == CompletableFuture.class;
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void whatIsWaitedForIsAlsoAFuture(Method method) throws NoSuchMethodException {
        Method twin = method.getDeclaringClass().getMethod(method.getName() + ASYNC, method.getParameterTypes());

        assertThat(isFuture(twin)).isTrue();
        assertThat(twin.isVarArgs()).isEqualTo(method.isVarArgs());
        assertThat(CallTypes.futureOf(twin)).isEqualTo(boxed(method.getReturnType()));
    }

    @ParameterizedTest
    @MethodSource("futures")
    void whatIsAFutureIsAlsoWaitedFor(Method method) throws NoSuchMethodException {
        assertThat(method.getName()).endsWith(ASYNC);
        String name = method.getName().substring(0, method.getName().length() - ASYNC.length());

        Method twin = method.getDeclaringClass().getMethod(name, method.getParameterTypes());

        assertThat(boxed(twin.getReturnType())).isEqualTo(CallTypes.futureOf(method));
    }

    @Test
    void everyClientIsLookedAtAndEveryExceptionIsThere() {
        assertThat(CallTypes.all())
                .extracting(Class::getSimpleName)
                .contains("TaxonClient", "JobsClient", "DatasetVersionsClient", "DeploymentClient", "Training");
        assertThat(CallTypes.all().stream().flatMap(CallTypes::methods).map(CallTypes::name))
                .containsAll(EXCEPTIONS.keySet());
        assertThat(Arrays.asList(waiting().count(), futures().count())).allMatch(count -> count > 50);
    }

    private static Class<?> boxed(Class<?> type) {
        return type == void.class ? Void.class : type;
    }
}
