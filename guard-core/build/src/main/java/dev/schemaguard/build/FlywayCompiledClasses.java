// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds Flyway migrations among compiled classes in the same way as Flyway ({@code
 * ClassPathScanner} and {@code ClassUtils} in flyway-core 11 to 13): every concrete class of a
 * location that is a {@code JavaMigration} and can be instantiated. The object provides the
 * version.
 */
final class FlywayCompiledClasses {

  private static final String FLYWAY = "org.flywaydb.core.api.migration.";
  private static final Pattern VERSIONED = Pattern.compile("[VB]\\d.*");
  private static final Pattern BEAN =
      Pattern.compile(
          "org\\.springframework\\.stereotype\\..*|org\\.springframework\\.context\\.annotation"
              + "\\.Configuration|(?:jakarta|javax)\\.inject\\.Named");

  private final ClassLoader loader;
  private final Class<?> migration;
  private final List<String> notes = new ArrayList<>();

  private FlywayCompiledClasses(ClassLoader loader, Class<?> migration) {
    this.loader = loader;
    this.migration = migration;
  }

  /**
   * Returns the classes of a class path; empty if it does not contain Flyway, whose types they
   * extend.
   */
  static Optional<FlywayCompiledClasses> of(@Nullable ClassLoader loader) {
    try {
      return loader == null
          ? Optional.empty()
          : Optional.of(
              new FlywayCompiledClasses(loader, loader.loadClass(FLYWAY + "JavaMigration")));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Returns sentences about what Flyway ignores although it looks like a migration. */
  List<String> notes() {
    return notes;
  }

  /** Returns whether a class with this name is on the class path. */
  boolean contains(String className) {
    return loader.getResource(className.replace('.', '/') + ".class") != null;
  }

  /**
   * Returns the migration in a class; empty if Flyway does not run it.
   *
   * @throws ConfigurationException if its version cannot be written in a revision chain
   */
  Optional<FlywayClass> migration(String className) {
    try {
      Class<?> found = Class.forName(className, false, loader);
      return isMigration(found) ? scanned(found) : Optional.empty();
    } catch (ClassNotFoundException | LinkageError e) {
      passedOver(className, e);
      return Optional.empty();
    }
  }

  /**
   * Returns a migration that the application passes to Flyway, as an object or as its class.
   *
   * @throws ConfigurationException if it is not a migration, or its version is unknown
   */
  static Optional<FlywayClass> given(Object given) {
    Class<?> type = given instanceof Class<?> named ? named : given.getClass();
    FlywayCompiledClasses classes =
        of(type.getClassLoader()).filter(own -> own.isMigration(type)).orElse(null);
    if (classes == null) {
      throw new ConfigurationException(
          "javaMigrations(" + type.getSimpleName() + ")",
          type.getName() + " is not a concrete JavaMigration of Flyway's",
          "Name the migrations that the application hands to Flyway.");
    }
    if (!(given instanceof Class<?>)) {
      return classes.read(given, type);
    }
    try {
      return classes.read(instance(type), type);
    } catch (ReflectiveOperationException | LinkageError e) {
      return classes.byName(type);
    }
  }

  private boolean isMigration(Class<?> type) {
    return migration.isAssignableFrom(type)
        && !Modifier.isAbstract(type.getModifiers())
        && !type.isEnum()
        && !type.isAnonymousClass();
  }

  private Optional<FlywayClass> scanned(Class<?> type) {
    Object object;
    try {
      object = instance(type);
    } catch (ReflectiveOperationException | LinkageError e) {
      if (isBean(type)) {
        return byName(type);
      }
      passedOver(type.getName(), e);
      return Optional.empty();
    }
    return read(object, type);
  }

  private static Object instance(Class<?> type) throws ReflectiveOperationException {
    return type.getDeclaredConstructor().newInstance();
  }

  /** Returns whether Spring instantiates the class and passes the object to Flyway. */
  private static boolean isBean(Class<?> type) {
    for (java.lang.annotation.Annotation annotation : type.getAnnotations()) {
      if (BEAN.matcher(annotation.annotationType().getName()).matches()) {
        return true;
      }
    }
    return false;
  }

  private Optional<FlywayClass> read(Object object, Class<?> type) {
    Object version = call(object, "getVersion");
    Object description = call(object, "getDescription");
    boolean baseline = String.valueOf(call(object, "getType")).contains("BASELINE");
    return FlywayClass.saying(
            version == null ? null : version.toString(),
            description == null ? null : description.toString(),
            baseline,
            type.getName())
        .map(name -> migration(type, name));
  }

  /** Returns the version that {@code BaseJavaMigration} would read from the name of the class. */
  private Optional<FlywayClass> byName(Class<?> type) {
    Class<?> base = type;
    while (base != null && !base.getName().startsWith(FLYWAY)) {
      if (declares(base, "getVersion") || declares(base, "init")) {
        base = null;
      } else {
        base = base.getSuperclass();
      }
    }
    if (base == null) {
      throw new ConfigurationException(
          type.getName(),
          "its version is known to its objects only, and none can be made here",
          "Give the object to the freshness test: javaMigrations(List.of(migration)).");
    }
    return FlywayClass.named(type.getSimpleName(), base.getSimpleName())
        .map(name -> migration(type, name));
  }

  private static boolean declares(Class<?> type, String method) {
    for (java.lang.reflect.Method declared : type.getDeclaredMethods()) {
      if (declared.getName().equals(method) && declared.getParameterCount() == 0) {
        return true;
      }
    }
    return false;
  }

  private static FlywayClass migration(Class<?> type, FlywayName name) {
    return FlywayClass.of(type.getName(), name, "class", "the class " + type.getName());
  }

  private @Nullable Object call(Object object, String method) {
    try {
      return migration.getMethod(method).invoke(object);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException | InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigurationException(
          object.getClass().getName(),
          method + "() fails: " + cause,
          "Let it return a constant, so that Flyway and this test read the same.",
          e);
    }
  }

  private void passedOver(String className, Throwable failure) {
    String simple = className.replaceFirst(".*[.$]", "");
    if (VERSIONED.matcher(simple).matches()) {
      Throwable cause =
          failure instanceof InvocationTargetException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      notes.add(
          "Flyway does not run the class "
              + className
              + ", because it cannot make an object of it ("
              + cause
              + "). If the application hands it to Flyway itself, add javaMigrations("
              + simple
              + ".class) to the freshness test");
    }
  }
}
