// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixLocation;
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
 * Pools of HikariCP whose connections carry the application's mark. It stands behind Spring Boot's
 * binding of {@code spring.datasource.hikari.*}, for it has no order, and changes nothing of a pool
 * that has started, nor a name that somebody gave.
 */
final class TaggedPools implements BeanPostProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(TaggedPools.class);

  private final ConfigurableListableBeanFactory beans;
  private final Environment environment;

  /** The application's settings are looked up late: what is made now, no post-processor sees. */
  TaggedPools(ConfigurableListableBeanFactory beans, Environment environment) {
    this.beans = beans;
    this.environment = environment;
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      mark(pool, name);
    }
    return bean;
  }

  private void mark(HikariDataSource pool, String bean) {
    String url = pool.getJdbcUrl();
    if (pool.isRunning()) {
      LOG.info("Connections of {} are not marked: the pool has started already", bean);
    } else if (url == null) {
      LOG.info("Connections of {} are not marked: the pool has no JDBC URL", bean);
    } else {
      Optional<ConnectionTag> mark = mark();
      if (mark.isEmpty()) {
        LOG.info("Connections of {} are not marked: no name or no version is known", bean);
      }
      mark.map(found -> found.properties(url))
          .orElse(Map.of())
          .forEach(pool.getDataSourceProperties()::putIfAbsent);
    }
  }

  private Optional<ConnectionTag> mark() {
    SchemaGuardProperties application = beans.getBean(GuardSettings.class).application();
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

  /** The name that the guard goes by, too. */
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
              GuardSettings.PREFIX, application.getMatrix(), application.getRevisions())
          .load(GuardFactory.classLoader(beans), GuardFactory.fetchTimeout(application));
    } catch (ConfigurationException e) {
      // The guard will say the same, and call off the start.
      return Optional.empty();
    }
  }
}
