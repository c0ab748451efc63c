// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Reads from Spring Boot's settings how the application's main database is migrated, as long as the
 * migrator's bean cannot be read. It also reports a migrator that is configured but does not run.
 *
 * <p>The names of the settings are those of Spring Boot's {@code LiquibaseProperties} and {@code
 * FlywayProperties}, which are the same in 3.5 and 4.1.
 */
final class BootMigration {

  private static final List<String> ANNOTATIONS =
      List.of(
          "org.springframework.boot.autoconfigure.liquibase.LiquibaseDataSource",
          "org.springframework.boot.autoconfigure.flyway.FlywayDataSource",
          "org.springframework.boot.liquibase.autoconfigure.LiquibaseDataSource",
          "org.springframework.boot.flyway.autoconfigure.FlywayDataSource");

  private final Environment environment;
  private final ClassLoader loader;
  private final boolean runsLiquibase;
  private final boolean runsFlyway;

  BootMigration(Set<Tool> run, Environment environment, ClassLoader loader) {
    this.environment = environment;
    this.loader = loader;
    this.runsLiquibase = run.contains(Tool.LIQUIBASE);
    this.runsFlyway = run.contains(Tool.FLYWAY);
  }

  /** Returns the tool, as far as the settings determine it. */
  Tool tool() {
    boolean liquibase = isConfigured("spring.liquibase", liquibase());
    boolean flyway = isConfigured("spring.flyway", flyway());
    return liquibase == flyway ? Tool.AUTO : liquibase ? Tool.LIQUIBASE : Tool.FLYWAY;
  }

  private boolean isConfigured(String prefix, HistoryLocation location) {
    return !location.equals(HistoryLocation.DEFAULT) || first(prefix + ".url") != null;
  }

  /**
   * Returns those of Spring Boot's annotations for a migrator's DataSource that are on the class
   * path.
   */
  List<Class<?>> dataSourceAnnotations() {
    List<Class<?>> present = new ArrayList<>();
    for (String annotation : ANNOTATIONS) {
      if (isPresent(annotation)) {
        present.add(ClassUtils.resolveClassName(annotation, loader));
      }
    }
    return present;
  }

  /** Returns the database that the settings of a migrator name; empty if they name none. */
  Optional<DataSource> dataSource() {
    for (String prefix : List.of("spring.liquibase", "spring.flyway")) {
      String url = first(prefix + ".url");
      if (url != null) {
        return Optional.of(
            new UrlDataSource(
                url,
                first(prefix + ".user", "spring.datasource.username"),
                first(prefix + ".password", "spring.datasource.password")));
      }
    }
    return Optional.empty();
  }

  /** Returns the history location that is configured for {@code tool}. */
  HistoryLocation location(Tool tool) {
    return switch (tool) {
      case LIQUIBASE -> liquibase();
      case FLYWAY -> flyway();
      case ALEMBIC, GOLANG_MIGRATE, TABLE, AUTO -> HistoryLocation.DEFAULT;
    };
  }

  private HistoryLocation liquibase() {
    return new HistoryLocation(
        first("spring.liquibase.liquibase-schema", "spring.liquibase.default-schema"),
        first("spring.liquibase.database-change-log-table"),
        first("spring.liquibase.database-change-log-lock-table"));
  }

  /**
   * Flyway keeps its history in its default schema, which is the first one if there are several.
   */
  private HistoryLocation flyway() {
    String schemas =
        first("spring.flyway.default-schema", "spring.flyway.schemas[0]", "spring.flyway.schemas");
    return new HistoryLocation(
        schemas == null ? null : schemas.split(",", -1)[0].strip(),
        first("spring.flyway.table"),
        null);
  }

  /** Returns who migrates a database whose history {@code tool} keeps. */
  MigrationOwner migration(Tool tool) {
    boolean byApplication =
        switch (tool) {
          case LIQUIBASE -> runsLiquibase;
          case FLYWAY -> runsFlyway;
          case ALEMBIC, GOLANG_MIGRATE, TABLE -> false;
          case AUTO -> runsLiquibase || runsFlyway;
        };
    return new MigrationOwner(
            byApplication, byApplication ? settings(tool) : null, byApplication, hint(tool))
        .withFlyway(
            environment.getProperty("spring.flyway.out-of-order", Boolean.class, false),
            first("spring.flyway.target"));
  }

  private @Nullable String settings(Tool tool) {
    Map<String, String> names = new LinkedHashMap<>();
    if (tool != Tool.FLYWAY) {
      names.put("contexts", "spring.liquibase.contexts");
      names.put("labels", "spring.liquibase.label-filter");
      names.put("changelog", "spring.liquibase.change-log");
    }
    if (tool != Tool.LIQUIBASE) {
      names.put("locations", "spring.flyway.locations");
      names.put("target", "spring.flyway.target");
    }
    List<String> configured = new ArrayList<>();
    names.forEach(
        (shown, property) -> {
          String value = first(property);
          if (value != null) {
            configured.add(shown + " " + value);
          }
        });
    return configured.isEmpty() ? null : String.join(", ", configured);
  }

  /**
   * Returns a hint about a common mistake with Spring Boot 4: the library is on the class path, but
   * the separate module that runs it is not.
   */
  private @Nullable String hint(Tool tool) {
    if (tool == Tool.ALEMBIC || tool == Tool.GOLANG_MIGRATE || tool == Tool.TABLE) {
      return null;
    }
    if (tool != Tool.FLYWAY
        && !runsLiquibase
        && seemsToRun("liquibase", MigratorReader.LIQUIBASE)) {
      return hint("liquibase-core", "liquibase");
    }
    if (tool != Tool.LIQUIBASE && !runsFlyway && seemsToRun("flyway", MigratorReader.FLYWAY)) {
      return hint("flyway-core", "flyway");
    }
    return null;
  }

  private boolean seemsToRun(String tool, String library) {
    String autoConfiguration = tool.equals("liquibase") ? "Liquibase" : "Flyway";
    return isPresent(library)
        && environment.getProperty("spring." + tool + ".enabled", Boolean.class, true)
        && !isPresent(
            "org.springframework.boot.%s.autoconfigure.%sAutoConfiguration"
                .formatted(tool, autoConfiguration))
        && !isPresent(
            "org.springframework.boot.autoconfigure.%s.%sAutoConfiguration"
                .formatted(tool, autoConfiguration));
  }

  private static String hint(String library, String tool) {
    return ("add spring-boot-starter-%s if this application is to migrate itself: %s is there, but"
            + " without the starter Spring Boot 4 never runs it")
        .formatted(tool, library);
  }

  private boolean isPresent(String type) {
    return ClassUtils.isPresent(type, loader);
  }

  private @Nullable String first(String... names) {
    for (String name : names) {
      String value = environment.getProperty(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }
}
