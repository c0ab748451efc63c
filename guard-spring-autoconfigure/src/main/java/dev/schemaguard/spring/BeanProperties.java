// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.PropertyAccessor;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.util.ObjectUtils;

/**
 * Reads the properties of a migrator's bean by name, because Liquibase and Flyway are optional
 * here, and their types differ between releases. A property that a release does not have is null.
 */
final class BeanProperties {

  private final PropertyAccessor getters;
  private final PropertyAccessor fields;

  BeanProperties(Object bean) {
    this.getters = PropertyAccessorFactory.forBeanPropertyAccess(bean);
    this.fields = PropertyAccessorFactory.forDirectFieldAccess(bean);
  }

  /**
   * Returns the value of a property, read by its getter or from its field; null if there is none.
   */
  @Nullable Object value(String name) {
    Object value = getter(name);
    return value != null ? value : read(fields, name);
  }

  /** Returns the value of a property, read by its getter only; null if there is none. */
  @Nullable Object getter(String name) {
    return read(getters, name);
  }

  private static @Nullable Object read(PropertyAccessor accessor, String name) {
    try {
      return accessor.isReadableProperty(name) ? accessor.getPropertyValue(name) : null;
    } catch (BeansException e) {
      return null;
    }
  }

  /**
   * Returns the value of a property as text, several values joined by commas; null if it is empty.
   */
  @Nullable String text(String name) {
    Object value = value(name);
    String text =
        value == null
            ? ""
            : values(value).map(String::valueOf).collect(Collectors.joining(",")).strip();
    return text.isEmpty() ? null : text;
  }

  /**
   * Returns the value of a property as text; null also if it equals {@code usual}, ignoring case.
   */
  @Nullable String textUnless(String usual, String name) {
    String text = text(name);
    return usual.equalsIgnoreCase(text) ? null : text;
  }

  /** Sets a property if it exists. */
  void set(String name, Object value) {
    if (getters.isWritableProperty(name)) {
      getters.setPropertyValue(name, value);
    }
  }

  /** Returns whether a property is true. */
  boolean is(String name) {
    return Boolean.TRUE.equals(value(name));
  }

  /** Returns whether a property is false. */
  boolean isNot(String name) {
    return Boolean.FALSE.equals(value(name));
  }

  private static Stream<?> values(Object value) {
    if (value instanceof Collection<?> all) {
      return all.stream();
    }
    return ObjectUtils.isArray(value)
        ? Stream.of(ObjectUtils.toObjectArray(value))
        : Stream.of(value);
  }
}
