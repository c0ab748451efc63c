// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Finds the database of a guard and what is known about the history in it. The guard's settings
 * come first, then the application's migrator, then the application's DataSource.
 */
final class DatabaseFinder {

  private final ListableBeanFactory beans;
  private final Migrators migrators;
  private final Environment environment;
  private final ClassLoader loader;

  DatabaseFinder(
      ListableBeanFactory beans, Migrators migrators, Environment environment, ClassLoader loader) {
    this.beans = beans;
    this.migrators = migrators;
    this.environment = environment;
    this.loader = loader;
  }

  /**
   * A DataSource to connect to.
   *
   * @param main whether it is the database that Spring Boot's own settings describe
   */
  private record Source(DataSource dataSource, boolean main) {}

  /**
   * Returns the database of a guard.
   *
   * @param prefix the prefix of the guard's settings, for messages
   * @throws ConfigurationException if there is none, or if there are several and none can be chosen
   */
  GuardedDatabase find(GuardProperties settings, String prefix) {
    List<Migrator> known = migrators.known();
    Source source = source(settings, prefix, known);
    List<Migrator> here = new ArrayList<>();
    for (Migrator migrator : known) {
      if (isOf(migrator, source, settings.getTool())) {
        here.add(migrator);
      }
    }
    BootMigration boot = boot();
    Tool tool = tool(settings, source, here, boot);
    Migrator migrator = first(here, tool);
    if (migrator != null) {
      return new GuardedDatabase(
          source.dataSource(), tool, migrator.location(), migrator.migration(), migrator);
    }
    MigrationOwner elsewhere = source.main() ? boot.migration(tool) : MigrationOwner.ELSEWHERE;
    return new GuardedDatabase(
        source.dataSource(),
        tool,
        source.main() ? boot.location(tool) : HistoryLocation.DEFAULT,
        here.isEmpty() ? elsewhere : here.get(0).migration(),
        null);
  }

  private static @Nullable Migrator first(List<Migrator> migrators, Tool tool) {
    for (Migrator migrator : migrators) {
      if (migrator.tool() == tool) {
        return migrator;
      }
    }
    return null;
  }

  private BootMigration boot() {
    return new BootMigration(migrators.unmetTools(), environment, loader);
  }

  private Tool tool(
      GuardProperties settings, Source source, List<Migrator> here, BootMigration boot) {
    if (settings.getTool() != null) {
      return settings.getTool();
    }
    Set<Tool> tools = new HashSet<>(source.main() ? migrators.unmetTools() : Set.of());
    for (Migrator migrator : here) {
      tools.add(migrator.tool());
    }
    if (tools.isEmpty()) {
      return source.main() ? boot.tool() : Tool.AUTO;
    }
    return tools.size() == 1 ? tools.iterator().next() : Tool.AUTO;
  }

  private static boolean isOf(Migrator migrator, Source source, @Nullable Tool tool) {
    DataSource migrated = migrator.dataSource();
    return (tool == null || tool == Tool.AUTO || tool == migrator.tool())
        && (migrated == null ? source.main() : SameDatabase.test(migrated, source.dataSource()));
  }

  private Source source(GuardProperties settings, String prefix, List<Migrator> known) {
    String name = settings.getDataSource();
    String url = settings.getUrl();
    if (url != null && name != null) {
      throw new ConfigurationException(
          prefix + ".url", prefix + ".data-source is set as well", "Remove one of them.");
    }
    if (url != null) {
      DataSource ofUrl = new UrlDataSource(url, settings.getUsername(), settings.getPassword());
      return new Source(ofUrl, names().length == 0);
    }
    DataSource main = beans.getBeanProvider(DataSource.class).getIfUnique();
    if (name != null) {
      DataSource named = named(name, prefix);
      return new Source(named, named.equals(main));
    }
    Optional<DataSource> migrated = migrated(known);
    if (migrated.isPresent() && (main == null || !SameDatabase.test(main, migrated.get()))) {
      return new Source(migrated.get(), true);
    }
    if (main == null) {
      throw missing(prefix);
    }
    return new Source(main, true);
  }

  /**
   * Returns the database of the only migrator; without migrators, the one that a migrator's
   * settings name.
   */
  private Optional<DataSource> migrated(List<Migrator> known) {
    if (migrators.areThere()) {
      return migrators.count() == 1
          ? known.stream().map(Migrator::dataSource).filter(Objects::nonNull).findFirst()
          : Optional.empty();
    }
    BootMigration boot = boot();
    Set<String> marked = new HashSet<>();
    for (Class<?> annotation : boot.dataSourceAnnotations()) {
      marked.addAll(
          Arrays.asList(beans.getBeanNamesForAnnotation(annotation.asSubclass(Annotation.class))));
    }
    return marked.size() == 1
        ? Optional.of(beans.getBean(marked.iterator().next(), DataSource.class))
        : boot.dataSource();
  }

  private DataSource named(String name, String prefix) {
    if (!beans.containsBean(name) || !beans.isTypeMatch(name, DataSource.class)) {
      throw new ConfigurationException(
          prefix + ".data-source",
          "'" + name + "' is not a DataSource; there are " + list(),
          "Write the name of a DataSource bean.");
    }
    return beans.getBean(name, DataSource.class);
  }

  private ConfigurationException missing(String prefix) {
    return names().length == 0
        ? new ConfigurationException(
            prefix + ".url",
            "there is no database to ask: the application has no DataSource",
            "Set " + prefix + ".url, " + prefix + ".username and " + prefix + ".password.")
        : new ConfigurationException(
            prefix + ".data-source",
            "there are several DataSources and none is primary: " + list(),
            "Name the one to guard, or each of them under schema-guard.guards.");
  }

  private String list() {
    return String.join(", ", Stream.of(names()).sorted().toList());
  }

  private String[] names() {
    return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
        beans, DataSource.class, true, false);
  }
}
