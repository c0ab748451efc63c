// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A null that no signature allows is refused by the method that gets it, by the argument's name:
 * for every public method with which an application sets up and asks a guard.
 */
class NullArgumentsTest {

  private static final SchemaGuardBuilder BUILDER = SchemaGuard.builder(H2.database().dataSource());

  static Stream<Arguments> arguments() throws Exception {
    SchemaGuard guard = Statewave.guard(H2.database().dataSource(), "0.6.1").build();
    Map<Class<?>, Object> targets =
        Map.of(
            SchemaGuard.class,
            guard,
            SchemaGuardBuilder.class,
            BUILDER,
            SchemaGuards.class,
            SchemaGuards.of(guard),
            Tenants.class,
            Tenants.schemas("a"),
            CompatibilityMatrix.class,
            Statewave.matrix(),
            CompatibilityMatrix.Builder.class,
            CompatibilityMatrix.builder());
    List<Arguments> all = new ArrayList<>();
    for (Map.Entry<Class<?>, Object> target : targets.entrySet()) {
      for (Method method : target.getKey().getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
          for (int i = 0; i < method.getParameterCount(); i++) {
            if (!mayBeNull(method, i)) {
              all.add(Arguments.of(method, i, target.getValue()));
            }
          }
        }
      }
    }
    return all.stream();
  }

  private static boolean mayBeNull(Method method, int parameter) {
    return method.getParameterTypes()[parameter].isPrimitive()
        || method.getAnnotatedParameterTypes()[parameter].isAnnotationPresent(Nullable.class);
  }

  @ParameterizedTest(name = "{0}, argument {1}")
  @MethodSource("arguments")
  void areNamed(Method method, int parameter, Object target) {
    Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i == parameter ? null : value(method.getParameters()[i]);
    }

    Throwable failure =
        catchThrowable(
            () -> {
              try {
                method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });

    assertThat(failure).isInstanceOf(NullPointerException.class);
    assertThat(failure.getMessage()).matches("\\w+");
  }

  @Test
  void areNamedAlsoInsideOfACollection() {
    List<String> revisions = new ArrayList<>();
    revisions.add(null);

    assertThat(catchThrowable(() -> BUILDER.accept(revisions))).hasMessage("revisions");
    assertThat(catchThrowable(() -> Tenants.schemas(revisions))).hasMessage("patterns");
    assertThat(catchThrowable(() -> SchemaGuards.of((SchemaGuard) null))).hasMessage("guards");
  }

  private static @Nullable Object value(Parameter parameter) {
    Class<?> type = parameter.getType();
    if (type == boolean.class) {
      return false;
    }
    if (type == String.class) {
      return "a";
    }
    if (type == Duration.class) {
      return Duration.ofSeconds(1);
    }
    if (type == URI.class) {
      return URI.create("file:///nowhere");
    }
    if (type == Path.class) {
      return Path.of("nowhere");
    }
    if (type == ClassLoader.class) {
      return NullArgumentsTest.class.getClassLoader();
    }
    if (type == Collection.class) {
      return List.of();
    }
    if (type == HistoryLocation.class) {
      return HistoryLocation.DEFAULT;
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    return type.isInterface()
        ? Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null)
        : null;
  }
}
