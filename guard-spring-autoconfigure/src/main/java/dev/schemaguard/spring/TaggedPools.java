// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.settings.MatrixLocation;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;

/**
 * Tags the connections of HikariCP pools with the application's name and version. It has no order,
 * so it runs after Spring Boot's binding of {@code spring.datasource.hikari.*}. It changes neither
 * a pool that has started nor a name that was set explicitly.
 */
final class TaggedPools implements BeanPostProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(TaggedPools.class);

  private final ConfigurableListableBeanFactory beans;
  private final Environment environment;

  /**
   * The application's settings are looked up late, because a bean created now is not seen by any
   * post-processor.
   */
  TaggedPools(ConfigurableListableBeanFactory beans, Environment environment) {
    this.beans = beans;
    this.environment = environment;
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      tag(pool, name);
    }
    return bean;
  }

  private void tag(HikariDataSource pool, String bean) {
    String url = pool.getJdbcUrl();
    if (pool.isRunning()) {
      LOG.info("Connections of {} are not tagged: the pool has started already", bean);
    } else if (url == null) {
      LOG.info("Connections of {} are not tagged: the pool has no JDBC URL", bean);
    } else {
      Optional<ConnectionTag> tag = tag();
      if (tag.isEmpty()) {
        LOG.info("Connections of {} are not tagged: no name or no version is known", bean);
      }
      tag.map(found -> found.properties(url))
          .orElse(Map.of())
          .forEach(pool.getDataSourceProperties()::putIfAbsent);
    }
  }

  private Optional<ConnectionTag> tag() {
    SchemaGuardProperties application = beans.getBean(BoundSettings.class).application();
    String name = name(application);
    String version =
        ApplicationVersion.find(
            application,
            environment,
            beans.getBeanProvider(BuildProperties.class).getIfAvailable());
    return name == null || name.isBlank() || version == null || version.isBlank()
        ? Optional.empty()
        : Optional.of(ConnectionTag.of(name, version));
  }

  /** Returns the same application name as the guard uses. */
  private @Nullable String name(SchemaGuardProperties application) {
    String set = application.getApplicationName();
    return set != null
        ? set
        : matrix(application)
            .flatMap(CompatibilityMatrix::application)
            .orElseGet(() -> environment.getProperty("spring.application.name"));
  }

  private Optional<CompatibilityMatrix> matrix(SchemaGuardProperties application) {
    try {
      return new MatrixLocation(
              BoundSettings.PREFIX, application.getMatrix(), application.getRevisions())
          .load(GuardFactory.classLoader(beans), GuardFactory.fetchTimeout(application));
    } catch (ConfigurationException e) {
      // The guard will report the same error and abort the start.
      return Optional.empty();
    }
  }
}
