// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/** Finds static fields that hold something that can change, and so is shared by all guards. */
public final class StaticState {

  private StaticState() {}

  /** Returns the names of the static fields of these classes whose value can change. */
  public static List<String> changeable(JavaClasses classes) {
    return classes.stream()
        .map(JavaClass::reflect)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
        .filter(field -> !Modifier.isFinal(field.getModifiers()) || !isFixed(valueIn(null, field)))
        .map(field -> field.getDeclaringClass().getName() + "." + field.getName())
        .toList();
  }

  /** Whether a value can never change, nor anything that it holds. */
  private static boolean isFixed(Object value) {
    if (value == null || VALUES.contains(value.getClass())) {
      return true;
    }
    if (value instanceof Enum || value instanceof Logger || isLambda(value)) {
      return true;
    }
    if (value instanceof Collection<?> elements) {
      return isOf(value) && elements.stream().allMatch(StaticState::isFixed);
    }
    if (value instanceof Map<?, ?> map) {
      return isOf(value)
          && isFixed(List.copyOf(map.keySet()))
          && isFixed(List.copyOf(map.values()));
    }
    return value.getClass().getName().startsWith("dev.schemaguard.")
        && Arrays.stream(value.getClass().getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .allMatch(
                field -> Modifier.isFinal(field.getModifiers()) && isFixed(valueIn(value, field)));
  }

  private static final Set<Class<?>> VALUES =
      Set.of(
          Boolean.class,
          Character.class,
          Integer.class,
          Long.class,
          String.class,
          Pattern.class,
          Duration.class);

  /** A function, such as a Comparator; all that are shared are made of immutable ones. */
  private static boolean isLambda(Object value) {
    return value instanceof Comparator && value.getClass().isSynthetic();
  }

  private static boolean isOf(Object collection) {
    return collection.getClass().getName().startsWith("java.util.ImmutableCollections$");
  }

  private static Object valueIn(Object owner, Field field) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
