// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.MigrationOwner.Run;
import dev.schemaguard.history.Tool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Reads a {@link Migrator} from its bean: {@code SpringLiquibase}, {@code
 * MultiTenantSpringLiquibase} or {@code Flyway}.
 */
final class MigratorReader {

  static final String LIQUIBASE = "liquibase.integration.spring.SpringLiquibase";

  /** Liquibase's own class for many schemas or databases, which Spring Boot does not configure. */
  static final String LIQUIBASE_OF_TENANTS =
      "liquibase.integration.spring.MultiTenantSpringLiquibase";

  static final String FLYWAY = "org.flywaydb.core.Flyway";

  private static final String SYMBOLIC = "<< (\\w+) Version >>";
  private static final List<String> LIQUIBASES = List.of(LIQUIBASE, LIQUIBASE_OF_TENANTS);

  private final Map<Class<?>, Tool> types;

  /** Creates a reader of the migrators that {@code loader} finds. */
  MigratorReader(ClassLoader loader) {
    this.types = Collections.unmodifiableMap(types(loader));
  }

  /** Returns the types of migrators that are on the class path, with their tools. */
  Map<Class<?>, Tool> types() {
    return types;
  }

  /** Looks each class up once: without a tool, that searches the whole class path for it. */
  private static Map<Class<?>, Tool> types(ClassLoader loader) {
    Map<Class<?>, Tool> types = new LinkedHashMap<>();
    for (String type : List.of(LIQUIBASE, LIQUIBASE_OF_TENANTS, FLYWAY)) {
      if (ClassUtils.isPresent(type, loader)) {
        types.put(
            ClassUtils.resolveClassName(type, loader),
            type.equals(FLYWAY) ? Tool.FLYWAY : Tool.LIQUIBASE);
      }
    }
    return types;
  }

  /** Returns whether a bean is a migrator. */
  boolean isMigrator(Object bean) {
    for (Class<?> type : types.keySet()) {
      if (type.isInstance(bean)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the migrator that a bean represents; empty if it is not a migrator.
   *
   * @param ownCode whether the application's own code runs it, if it is Flyway
   */
  Optional<Migrator> read(String name, Object bean, boolean ownCode) {
    for (Map.Entry<Class<?>, Tool> type : types.entrySet()) {
      if (type.getKey().isInstance(bean)) {
        return Optional.of(
            type.getValue() == Tool.FLYWAY ? flyway(name, bean, ownCode) : liquibase(name, bean));
      }
    }
    return Optional.empty();
  }

  private static Migrator liquibase(String name, Object bean) {
    BeanProperties liquibase = new BeanProperties(bean);
    String schema = liquibase.text("liquibaseSchema");
    Map<String, @Nullable String> settings = new LinkedHashMap<>();
    settings.put("contexts", liquibase.text("contexts"));
    settings.put("labels", liquibase.text("labelFilter"));
    settings.put(
        "changelog",
        liquibase.textUnless("classpath:/db/changelog/db.changelog-master.yaml", "changeLog"));
    return new Migrator(
        name,
        Tool.LIQUIBASE,
        dataSource(liquibase.value("dataSource")),
        new HistoryLocation(
            schema != null ? schema : liquibase.text("defaultSchema"),
            liquibase.textUnless("DATABASECHANGELOG", "databaseChangeLogTable"),
            liquibase.textUnless("DATABASECHANGELOGLOCK", "databaseChangeLogLockTable")),
        new MigrationOwner(true, text(settings), true, null).withRun(run(bean, liquibase)),
        false);
  }

  /**
   * A subclass that runs in its own way, for example in the background, is not expected to have
   * finished.
   */
  private static Run run(Object bean, BeanProperties liquibase) {
    if (liquibase.isNot("shouldRun")) {
      return Run.DISABLED;
    }
    var initialize = ReflectionUtils.findMethod(bean.getClass(), "afterPropertiesSet");
    String declaring = initialize == null ? "" : initialize.getDeclaringClass().getName();
    return LIQUIBASES.contains(declaring) || declaring.startsWith("org.springframework.boot.")
        ? Run.COMPLETED
        : Run.OWN_CODE;
  }

  private static Migrator flyway(String name, Object bean, boolean ownCode) {
    BeanProperties flyway =
        new BeanProperties(
            Optional.ofNullable(new BeanProperties(bean).value("configuration")).orElse(bean));
    String schema = flyway.text("defaultSchema");
    String first = flyway.text("schemas");
    String target = target(flyway.text("target"));
    Map<String, @Nullable String> settings = new LinkedHashMap<>();
    settings.put("locations", flyway.textUnless("classpath:db/migration", "locations"));
    settings.put("target", "latest".equals(target) ? null : target);
    return new Migrator(
        name,
        Tool.FLYWAY,
        dataSource(flyway.value("dataSource")),
        new HistoryLocation(
            schema != null || first == null ? schema : first.split(",", -1)[0].strip(),
            flyway.textUnless("flyway_schema_history", "table"),
            null),
        new MigrationOwner(true, text(settings), true, null)
            .withFlyway(flyway.is("outOfOrder"), target)
            .withRun(ownCode ? Run.OWN_CODE : Run.COMPLETED),
        ownCode);
  }

  /** Symbolic targets are shown by Flyway's own type as {@code << Latest Version >>} and so on. */
  private static @Nullable String target(@Nullable String shown) {
    Matcher symbolic = Pattern.compile(SYMBOLIC).matcher(shown == null ? "" : shown);
    return symbolic.matches() ? symbolic.group(1).toLowerCase(Locale.ROOT) : shown;
  }

  private static @Nullable DataSource dataSource(@Nullable Object value) {
    return value instanceof DataSource dataSource ? dataSource : null;
  }

  private static @Nullable String text(Map<String, @Nullable String> settings) {
    List<String> named = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          if (value != null) {
            named.add(name + " " + value);
          }
        });
    return named.isEmpty() ? null : String.join(", ", named);
  }
}
