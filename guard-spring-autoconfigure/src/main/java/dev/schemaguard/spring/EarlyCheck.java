// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.EffectiveMode;
import dev.schemaguard.settings.EnvironmentVariables;
import dev.schemaguard.settings.MatrixLocation;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Runs the schema check before any ordinary singleton is created, so that the schema is checked
 * even for a bean that uses the DataSource without Spring Boot's knowledge. The two checks
 * themselves define what is checked and how a check-only run ends.
 */
final class EarlyCheck implements BeanFactoryInitializer<ListableBeanFactory> {

  private static final Logger LOG = LoggerFactory.getLogger(EarlyCheck.class);

  private final Startup startup;
  private final BoundSettings settings;
  private final Environment environment;
  private final ResourceLoader resources;

  EarlyCheck(
      Startup startup, BoundSettings settings, Environment environment, ResourceLoader resources) {
    this.startup = startup;
    this.settings = settings;
    this.environment = environment;
    this.resources = resources;
  }

  @Override
  public void initialize(ListableBeanFactory beans) {
    if (beans.containsBean(StartupCheck.BEAN)) {
      for (String check : List.of(BeforeMigrationCheck.BEAN, StartupCheck.BEAN)) {
        Object unused = beans.getBean(check);
      }
    } else if (settings.application().getOnly() != null) {
      throw startup.callOff(SchemaGuardStartupException.of(nothingToAsk(beans)));
    } else if (mode() == Mode.STRICT) {
      throw startup.callOff(SchemaGuardStartupException.of(strictWithoutDatabase(beans)));
    } else {
      LOG.info("Schema Guard is inactive: {}", reason(beans));
    }
  }

  private ConfigurationException nothingToAsk(ListableBeanFactory beans) {
    return new ConfigurationException(
        BoundSettings.PREFIX + ".only",
        "there is nothing to ask: " + reason(beans),
        "Start the application without it, or give it what is missing.");
  }

  /** Returns the strictest mode of all guards. An invalid variable is reported as such. */
  private Mode mode() {
    return startup.step(
        () ->
            settings.guards().entrySet().stream()
                .map(guard -> mode(BoundSettings.prefix(guard.getKey()), guard.getValue()))
                .max(Comparator.naturalOrder())
                .orElse(Mode.WARN));
  }

  private Mode mode(String prefix, GuardProperties guard) {
    String set = settings.application().getApplicationName();
    Optional<String> bundled =
        set != null
            ? Optional.of(set)
            : new MatrixLocation(prefix, guard.getMatrix(), guard.getRevisions())
                .load(resources.getClassLoader(), GuardFactory.fetchTimeout(guard))
                .flatMap(CompatibilityMatrix::application);
    return EffectiveMode.of(
            Objects.requireNonNullElse(guard.getMode(), Mode.WARN),
            bundled.orElseGet(() -> environment.getProperty("spring.application.name")),
            EnvironmentVariables.of(environment::getProperty))
        .mode();
  }

  private ConfigurationException strictWithoutDatabase(ListableBeanFactory beans) {
    return new ConfigurationException(
        BoundSettings.PREFIX + ".mode",
        "strict, but the schema cannot be checked: " + reason(beans),
        "Set "
            + BoundSettings.PREFIX
            + ".url, .username and .password if the application has no DataSource; or set the mode"
            + " to warn.");
  }

  private String reason(ListableBeanFactory beans) {
    boolean database =
        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, DataSource.class, true, false)
                .length
            > 0;
    if (!database) {
      return "there is no DataSource";
    }
    return OnGuardCondition.isWanted(environment, resources)
        ? "the DataSource was not defined yet when Spring Boot asked for it; define it in a"
            + " configuration of the application"
        : "there is neither schema-guard/revisions.txt nor schema-guard/compatibility.md on the"
            + " class path, and no setting";
  }
}
