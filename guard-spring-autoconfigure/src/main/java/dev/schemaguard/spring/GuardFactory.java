// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixLocation;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.tenants.TenantsSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/** Makes the guards that the settings describe: ours first, then what Spring Boot knows. */
final class GuardFactory {

  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(10);

  private final GuardSettings settings;
  private final ConfigurableListableBeanFactory beans;
  private final Environment environment;
  private final ClassLoader loader;
  private final Startup startup;
  private final MigratorCheck before;
  private final DatabaseFinder databases;

  GuardFactory(
      GuardSettings settings,
      ConfigurableListableBeanFactory beans,
      Environment environment,
      Startup startup,
      Migrators migrators,
      MigratorCheck before) {
    this.settings = settings;
    this.beans = beans;
    this.environment = environment;
    this.loader = classLoader(beans);
    this.startup = startup;
    this.before = before;
    this.databases = new DatabaseFinder(beans, migrators, environment, loader);
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
    settings
        .guards()
        .forEach(
            (name, properties) -> {
              GuardedDatabase database = databases.find(properties, GuardSettings.prefix(name));
              MigrationOwner migration =
                  database.migration().withStartedAhead(before.startedAhead(name));
              guards.add(
                  guard(
                      name,
                      properties,
                      database,
                      migration,
                      guards.isEmpty() ? names() : Set.of()));
            });
    return SchemaGuards.of(guards);
  }

  /** The names that the first guard looks through for all of them. */
  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    if (environment instanceof ConfigurableEnvironment configurable) {
      for (PropertySource<?> source : configurable.getPropertySources()) {
        if (source instanceof EnumerablePropertySource<?> enumerable) {
          names.addAll(List.of(enumerable.getPropertyNames()));
        }
      }
    }
    return names;
  }

  /** The guards of the databases that {@code migrator} is about to migrate. */
  List<SchemaGuard> before(Migrator migrator) {
    return before(database -> migrator.equals(database.migrator()));
  }

  /** All guards, before a migrator runs that cannot be asked yet. */
  List<SchemaGuard> beforeAny() {
    return before(database -> database.migration().byApplication());
  }

  /** The guards of the databases that are not recognised as those of a migrator. */
  List<SchemaGuard> beforeUnknown() {
    return before(database -> database.migrator() == null);
  }

  /**
   * The guards of the databases that no migrator of the application is about to migrate, for sure.
   *
   * @param migrators all of them
   */
  List<SchemaGuard> unmigrated(List<Migrator> migrators) {
    return before(
        database ->
            database.migration().byApplication()
                ? database.migration().run() == MigrationOwner.Run.DISABLED
                : migrators.stream().allMatch(migrator -> isElsewhere(migrator, database)));
  }

  private static boolean isElsewhere(Migrator migrator, GuardedDatabase database) {
    DataSource migrated = migrator.dataSource();
    return migrator.migration().run() == MigrationOwner.Run.DISABLED
        || (migrated != null && SameDatabase.isOther(migrated, database.dataSource()));
  }

  private List<SchemaGuard> before(Predicate<GuardedDatabase> isMigrated) {
    List<SchemaGuard> guards = new ArrayList<>();
    settings
        .guards()
        .forEach(
            (name, properties) -> {
              GuardedDatabase database = databases.find(properties, GuardSettings.prefix(name));
              if (isMigrated.test(database)) {
                MigrationOwner migration = database.migration().withStartedAhead(true);
                guards.add(guard(name, properties, database, migration, Set.of()));
              }
            });
    return guards;
  }

  private SchemaGuard guard(
      String name,
      GuardProperties properties,
      GuardedDatabase database,
      MigrationOwner migration,
      Set<String> variableNames) {
    String prefix = GuardSettings.prefix(name);
    Tool tool = database.tool();
    Tenants tenants = tenants(properties, prefix);
    HistoryLocation location = location(properties, database.location());
    SchemaGuardBuilder builder =
        SchemaGuard.builder(startup.lending(database.dataSource()))
            .name(name)
            .classLoader(loader)
            .tool(tool)
            .history(tenants == null ? location : location.in(null))
            .assumeNew(properties.isAssumeNew())
            .environment(environment::getProperty)
            .variableNames(variableNames)
            .actionWording(new SettingNames(prefix))
            .logRefusals(false)
            .quietOnEmbedded(true);
    set(settings.application().getLogFormat(), builder::logFormat);
    set(settings.application().getEnvironment(), builder::environmentName);
    set(tenants, builder::tenants);
    if (settings.application().getOnly() == null) {
      builder.migratedBy(migration);
    }
    policy(builder, properties, prefix);
    customTable(tool, properties, prefix).ifPresent(builder::customTable);
    describe(builder, properties, prefix);
    beans
        .getBeanProvider(SchemaGuardCustomizer.class)
        .orderedStream()
        .forEach(customizer -> customizer.customize(name, builder));
    return builder.build();
  }

  private static HistoryLocation location(GuardProperties properties, HistoryLocation known) {
    return new HistoryLocation(
        either(properties.getSchema(), known.schema()),
        either(properties.getTable(), known.table()),
        either(properties.getLockTable(), known.lockTable()));
  }

  private static Optional<CustomHistoryTable> customTable(
      Tool tool, GuardProperties properties, String prefix) {
    try {
      return CustomHistoryTable.configured(
          tool,
          properties.getTable(),
          properties.getRevisionColumn(),
          properties.getOrderColumn(),
          properties.getAppliedWhen(),
          properties.getFailedWhen(),
          properties.getRowsWhere(),
          properties.getRowsHold());
    } catch (ConfigurationException e) {
      throw new ConfigurationException(prefix + "." + e.location(), e.reason(), e.remedy(), e);
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
      throw new ConfigurationException(prefix + "." + e.location(), e.reason(), e.remedy(), e);
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
