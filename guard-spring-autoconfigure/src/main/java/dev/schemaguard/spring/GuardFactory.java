// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.Tenants;
import dev.schemaguard.TenantsSetting;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.RecordedTable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Makes the guards that the settings describe: ours first, then what Spring Boot knows. */
final class GuardFactory {

  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(10);

  private final GuardSettings settings;
  private final ConfigurableListableBeanFactory beans;
  private final Environment environment;
  private final ClassLoader loader;
  private final BootMigration boot;

  GuardFactory(
      GuardSettings settings, ConfigurableListableBeanFactory beans, Environment environment) {
    this.settings = settings;
    this.beans = beans;
    this.environment = environment;
    this.loader = classLoader(beans);
    this.boot = new BootMigration(beans, environment, loader);
  }

  /** The class loader of the application. */
  static ClassLoader classLoader(ConfigurableListableBeanFactory beans) {
    ClassLoader loader = beans.getBeanClassLoader();
    return loader != null
        ? loader
        : Objects.requireNonNull(ClassUtils.getDefaultClassLoader(), "class loader");
  }

  /** The time within which a matrix must have been fetched. */
  static Duration fetchTimeout(GuardProperties properties) {
    return Objects.requireNonNullElse(properties.getTimeout(), FETCH_TIMEOUT);
  }

  /**
   * All guards.
   *
   * @throws ConfigurationException if a setting has no meaning, or a matrix cannot be used
   */
  SchemaGuards guards() {
    List<SchemaGuard> guards = new ArrayList<>();
    settings.guards().forEach((name, properties) -> guards.add(guard(name, properties)));
    return SchemaGuards.of(guards);
  }

  private SchemaGuard guard(String name, GuardProperties properties) {
    String prefix = GuardSettings.prefix(name);
    GuardedDataSource database =
        GuardedDataSource.find(beans, properties.getDataSource(), prefix + ".data-source");
    Tool tool =
        properties.getTool() != null
            ? properties.getTool()
            : database.main() ? boot.tool() : Tool.AUTO;
    Tenants tenants = tenants(properties, prefix);
    HistoryLocation location = location(properties, database.main(), tool);
    SchemaGuardBuilder builder =
        SchemaGuard.builder(database.dataSource())
            .name(name)
            .tool(tool)
            .history(tenants == null ? location : location.in(null))
            .assumeNew(properties.isAssumeNew())
            .environment(environment::getProperty)
            .quietOnEmbedded(true);
    set(tenants, builder::tenants);
    if (database.main() && settings.application().getOnly() == null) {
      builder.migration(boot.migration(tool));
    }
    policy(builder, properties, prefix);
    recordedTable(tool, properties, prefix).ifPresent(builder::recordedTable);
    describe(builder, properties, prefix);
    beans
        .getBeanProvider(SchemaGuardCustomizer.class)
        .orderedStream()
        .forEach(customizer -> customizer.customize(name, builder));
    return builder.build();
  }

  private HistoryLocation location(GuardProperties properties, boolean main, Tool tool) {
    HistoryLocation known = main ? boot.location(tool) : HistoryLocation.DEFAULT;
    return new HistoryLocation(
        either(properties.getSchema(), known.schema()),
        either(properties.getTable(), known.table()),
        either(properties.getLockTable(), known.lockTable()));
  }

  private static Optional<RecordedTable> recordedTable(
      Tool tool, GuardProperties properties, String prefix) {
    try {
      return RecordedTable.configured(
          tool,
          properties.getTable(),
          properties.getRevisionColumn(),
          properties.getOrderColumn(),
          properties.getAppliedWhen(),
          properties.getFailedWhen(),
          properties.getRowsWhere(),
          properties.getRowsHold());
    } catch (ConfigurationException e) {
      throw new ConfigurationException(prefix + "." + e.where(), e.what(), e.action(), e);
    }
  }

  private static @Nullable Tenants tenants(GuardProperties properties, String prefix) {
    List<String> schemas = Objects.requireNonNullElse(properties.getSchemas(), List.of());
    return new TenantsSetting(prefix, properties.getSchema(), schemas, properties.getSchemasFrom())
        .tenants()
        .orElse(null);
  }

  /** What is set; for the rest the builder has its defaults. */
  private static void policy(
      SchemaGuardBuilder builder, GuardProperties properties, String prefix) {
    try {
      set(properties.getMode(), builder::mode);
      set(properties.getOnUnreachable(), builder::onUnreachable);
      set(properties.getAccept(), builder::accept);
      set(properties.getTimeout(), builder::timeout);
      set(properties.getWaitTimeout(), builder::waitTimeout);
      set(properties.getRefreshInterval(), builder::refreshInterval);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(prefix + "." + e.where(), e.what(), e.action(), e);
    }
  }

  private static <T> void set(@Nullable T value, Consumer<T> setting) {
    if (value != null) {
      setting.accept(value);
    }
  }

  /** Which application it is, and what it expects. */
  private void describe(SchemaGuardBuilder builder, GuardProperties properties, String prefix) {
    CompatibilityMatrix matrix =
        new MatrixLocation(prefix, properties.getMatrix(), properties.getRevisions())
            .load(loader, fetchTimeout(properties))
            .orElse(null);
    if (matrix != null) {
      builder.matrix(matrix);
    }
    String name = settings.application().getApplicationName();
    String general = environment.getProperty("spring.application.name");
    if (name != null) {
      builder.applicationName(name);
    } else if (general != null && (matrix == null || matrix.application().isEmpty())) {
      builder.applicationName(general);
    }
    builder.applicationVersion(
        ApplicationVersion.find(
            settings.application(),
            environment,
            beans.getBeanProvider(BuildProperties.class).getIfAvailable()));
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first != null && !first.isBlank() ? first : second;
  }
}
