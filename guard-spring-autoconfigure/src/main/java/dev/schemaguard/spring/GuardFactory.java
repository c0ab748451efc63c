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
import dev.schemaguard.settings.MatrixLocation;
import dev.schemaguard.settings.SettingPrefix;
import dev.schemaguard.settings.TenantsSetting;
import dev.schemaguard.settings.TimingSettings;
import dev.schemaguard.tenants.Tenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

/**
 * Creates the guards that the settings describe. Schema Guard's settings take precedence over what
 * Spring Boot's settings and beans provide.
 */
final class GuardFactory {

  private final BoundSettings settings;
  private final ConfigurableListableBeanFactory beans;
  private final Environment environment;
  private final ClassLoader loader;
  private final Startup startup;
  private final MigratorCheck before;
  private final DatabaseFinder databases;

  GuardFactory(
      BoundSettings settings,
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

  /** Returns the class loader of the application. */
  static ClassLoader classLoader(ConfigurableListableBeanFactory beans) {
    ClassLoader loader = beans.getBeanClassLoader();
    return loader != null
        ? loader
        : Objects.requireNonNull(ClassUtils.getDefaultClassLoader(), "class loader");
  }

  /** Returns the maximum duration of fetching a matrix. */
  static Duration fetchTimeout(GuardProperties properties) {
    return Objects.requireNonNullElse(properties.getTimeout(), TimingSettings.DEFAULT.timeout());
  }

  /**
   * Creates all guards.
   *
   * @throws ConfigurationException if a setting is invalid, or a matrix cannot be used
   */
  SchemaGuards guards() {
    List<SchemaGuard> guards = new ArrayList<>();
    for (Map.Entry<String, GuardProperties> entry : settings.guards().entrySet()) {
      String name = entry.getKey();
      GuardProperties properties = entry.getValue();
      GuardedDatabase database = databases.find(properties, BoundSettings.prefix(name));
      MigrationOwner migration = database.migration().withStartedAhead(before.startedAhead(name));
      Set<String> names = guards.isEmpty() ? names() : Set.of();
      guards.add(guard(name, properties, database, migration, names));
    }
    return SchemaGuards.of(guards);
  }

  /**
   * Returns the names of all properties, in which the first guard looks for misspelt names on
   * behalf of all guards.
   */
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

  /** Returns the guards of the databases that {@code migrator} is about to migrate. */
  List<SchemaGuard> before(Migrator migrator) {
    return before(database -> migrator.equals(database.migrator()));
  }

  /** Returns the guards to check before a migrator runs that cannot be read yet. */
  List<SchemaGuard> beforeAny() {
    return before(database -> database.migration().byApplication());
  }

  /** Returns the guards of the databases that are not known to belong to a migrator. */
  List<SchemaGuard> beforeUnknown() {
    return before(database -> database.migrator() == null);
  }

  /**
   * Returns the guards of the databases that certainly no migrator of the application is about to
   * migrate.
   *
   * @param migrators all migrators
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
    for (Map.Entry<String, GuardProperties> entry : settings.guards().entrySet()) {
      String name = entry.getKey();
      GuardedDatabase database = databases.find(entry.getValue(), BoundSettings.prefix(name));
      if (isMigrated.test(database)) {
        MigrationOwner migration = database.migration().withStartedAhead(true);
        guards.add(guard(name, entry.getValue(), database, migration, Set.of()));
      }
    }
    return guards;
  }

  private SchemaGuard guard(
      String name,
      GuardProperties properties,
      GuardedDatabase database,
      MigrationOwner migration,
      Set<String> variableNames) {
    String prefix = BoundSettings.prefix(name);
    Tool tool = database.tool();
    SettingPrefix names = new SettingPrefix(prefix + ".");
    Tenants tenants = tenants(properties, names);
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
    if (settings.application().getLogFormat() != null) {
      builder.logFormat(settings.application().getLogFormat());
    }
    if (settings.application().getEnvironment() != null) {
      builder.environmentName(settings.application().getEnvironment());
    }
    if (tenants != null) {
      builder.tenants(tenants);
    }
    if (settings.application().getOnly() == null) {
      builder.migratedBy(migration);
    }
    describe(names.naming(() -> checked(builder, tool, properties)), properties, prefix);
    for (SchemaGuardCustomizer customizer :
        beans.getBeanProvider(SchemaGuardCustomizer.class).orderedStream().toList()) {
      customizer.customize(name, builder);
    }
    return builder.build();
  }

  private static HistoryLocation location(GuardProperties properties, HistoryLocation known) {
    return new HistoryLocation(
        either(properties.getSchema(), known.schema()),
        either(properties.getTable(), known.table()),
        either(properties.getLockTable(), known.lockTable()));
  }

  private static @Nullable Tenants tenants(GuardProperties properties, SettingPrefix names) {
    List<String> schemas = Objects.requireNonNullElse(properties.getSchemas(), List.of());
    return new TenantsSetting(names, properties.getSchema(), schemas, properties.getSchemasFrom())
        .tenants()
        .orElse(null);
  }

  /**
   * Applies the settings that the core checks, as far as they are set; the builder has defaults for
   * the others.
   */
  private static SchemaGuardBuilder checked(
      SchemaGuardBuilder builder, Tool tool, GuardProperties properties) {
    if (properties.getMode() != null) {
      builder.mode(properties.getMode());
    }
    if (properties.getOnUnreachable() != null) {
      builder.onUnreachable(properties.getOnUnreachable());
    }
    if (properties.getStructure() != null) {
      builder.structure(properties.getStructure());
    }
    if (properties.getAccept() != null) {
      builder.accept(properties.getAccept());
    }
    if (properties.getTimeout() != null) {
      builder.timeout(properties.getTimeout());
    }
    if (properties.getWaitTimeout() != null) {
      builder.waitTimeout(properties.getWaitTimeout());
    }
    if (properties.getRefreshInterval() != null) {
      builder.refreshInterval(properties.getRefreshInterval());
    }
    Optional<CustomHistoryTable> custom =
        CustomHistoryTable.configured(
            tool,
            properties.getTable(),
            properties.getRevisionColumn(),
            properties.getOrderColumn(),
            properties.getAppliedWhen(),
            properties.getFailedWhen(),
            properties.getRowsWhere(),
            properties.getRowsHold());
    if (custom.isPresent()) {
      builder.customTable(custom.get());
    }
    return builder;
  }

  /** Sets which application is guarded, and what it expects. */
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
