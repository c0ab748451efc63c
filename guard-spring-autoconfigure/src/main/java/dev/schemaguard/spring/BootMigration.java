// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.assessment.Migration;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * What Spring Boot knows about the migrations of the application's main database: which tool it
 * runs, how that was told to keep its history, and whether it only seems to run one.
 *
 * <p>The names of the settings are those of Spring Boot's {@code LiquibaseProperties} and {@code
 * FlywayProperties}, in 3.5 and 4.1 alike.
 */
final class BootMigration {

  static final String LIQUIBASE = "liquibase.integration.spring.SpringLiquibase";

  /** Liquibase's own for many schemas or databases; Spring Boot does not know it. */
  static final String LIQUIBASE_OF_TENANTS =
      "liquibase.integration.spring.MultiTenantSpringLiquibase";

  static final String FLYWAY = "org.flywaydb.core.Flyway";

  private final Environment environment;
  private final ClassLoader loader;
  private final boolean runsLiquibase;
  private final boolean runsFlyway;

  BootMigration(ListableBeanFactory beans, Environment environment, ClassLoader loader) {
    this.environment = environment;
    this.loader = loader;
    this.runsLiquibase = hasBean(beans, LIQUIBASE) || hasBean(beans, LIQUIBASE_OF_TENANTS);
    this.runsFlyway = hasBean(beans, FLYWAY);
  }

  /** Whether the application migrates a database itself. */
  boolean isRun() {
    return runsLiquibase || runsFlyway;
  }

  /** The tool, as far as beans and settings tell. */
  Tool tool() {
    if (runsLiquibase != runsFlyway) {
      return runsLiquibase ? Tool.LIQUIBASE : Tool.FLYWAY;
    }
    boolean liquibase = !liquibase().equals(HistoryLocation.DEFAULT);
    boolean flyway = !flyway().equals(HistoryLocation.DEFAULT);
    return liquibase == flyway ? Tool.AUTO : liquibase ? Tool.LIQUIBASE : Tool.FLYWAY;
  }

  /** Where {@code tool} was told to keep its history. */
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

  /** Flyway keeps its history in its default schema, which is the first of several. */
  private HistoryLocation flyway() {
    String schemas =
        first("spring.flyway.default-schema", "spring.flyway.schemas[0]", "spring.flyway.schemas");
    return new HistoryLocation(
        schemas == null ? null : schemas.split(",", -1)[0].strip(),
        first("spring.flyway.table"),
        null);
  }

  /** Who migrates a database whose history {@code tool} keeps. */
  Migration migration(Tool tool) {
    boolean byApplication =
        switch (tool) {
          case LIQUIBASE -> runsLiquibase;
          case FLYWAY -> runsFlyway;
          case ALEMBIC, GOLANG_MIGRATE, TABLE -> false;
          case AUTO -> isRun();
        };
    boolean createsSchema =
        tool == Tool.FLYWAY
            && runsFlyway
            && environment.getProperty("spring.flyway.create-schemas", Boolean.class, true);
    return new Migration(
        byApplication,
        byApplication ? settings(tool) : null,
        createsSchema,
        hint(tool),
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
    List<String> told = new ArrayList<>();
    names.forEach(
        (shown, property) -> {
          String value = first(property);
          if (value != null) {
            told.add(shown + " " + value);
          }
        });
    return told.isEmpty() ? null : String.join(", ", told);
  }

  /** The trap of Spring Boot 4: the library is there, and what runs it is a module of its own. */
  private @Nullable String hint(Tool tool) {
    if (tool == Tool.ALEMBIC || tool == Tool.GOLANG_MIGRATE || tool == Tool.TABLE) {
      return null;
    }
    if (tool != Tool.FLYWAY && !runsLiquibase && seemsToRun("liquibase", LIQUIBASE)) {
      return hint("liquibase-core", "liquibase");
    }
    if (tool != Tool.LIQUIBASE && !runsFlyway && seemsToRun("flyway", FLYWAY)) {
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

  private boolean hasBean(ListableBeanFactory beans, String type) {
    return isPresent(type)
        && BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                    beans, ClassUtils.resolveClassName(type, loader), true, false)
                .length
            > 0;
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
