// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Has the schema checked before any ordinary singleton is made, so that also a bean that uses the
 * DataSource behind Spring Boot's back finds it checked. What is checked, and how a run for the
 * question alone ends, is in the two checks.
 */
final class EarlyCheck implements BeanFactoryInitializer<ListableBeanFactory> {

  private static final Logger LOG = LoggerFactory.getLogger(EarlyCheck.class);

  private final Startup startup;
  private final GuardSettings settings;
  private final Environment environment;
  private final ResourceLoader resources;

  EarlyCheck(
      Startup startup, GuardSettings settings, Environment environment, ResourceLoader resources) {
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
    } else {
      LOG.info("Schema Guard is inactive: {}", reason(beans));
    }
  }

  private ConfigurationException nothingToAsk(ListableBeanFactory beans) {
    return new ConfigurationException(
        GuardSettings.PREFIX + ".only",
        "there is nothing to ask: " + reason(beans),
        "Start the application without it, or give it what is missing.");
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
