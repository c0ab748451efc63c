// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Scope;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.OfflineConnection;
import liquibase.exception.LiquibaseException;
import liquibase.logging.core.NoOpLogService;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.CompositeResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.structure.core.Schema;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;

/**
 * Parses a changelog with Liquibase, for a database product if one is named. The product's database
 * is an offline one, so no connection is opened.
 */
final class LiquibaseParser {

  private final LiquibaseSettings settings;
  private @Nullable ChangelogProperties properties;

  LiquibaseParser(LiquibaseSettings settings) {
    this.settings = settings;
  }

  /**
   * A changelog as parsed by Liquibase. Valid only within {@link #parsed}.
   *
   * @param database the offline database; null if no product was named, or Liquibase does not know
   *     it
   * @param values the properties
   */
  record Parsed(
      DatabaseChangeLog changelog, @Nullable Database database, ChangelogProperties values) {}

  /** Parses the changelog and applies a function to it, within the scope of that parsing. */
  @SuppressWarnings("try") // close() declares Exception; no accessor used here blocks in it
  <T> T parsed(Function<Parsed, T> question) {
    try (ResourceAccessor accessor = accessor()) {
      Map<String, Object> scope = new HashMap<>();
      scope.put(Scope.Attr.classLoader.name(), classes(settings.loader()));
      scope.put(Scope.Attr.resourceAccessor.name(), accessor);
      scope.put(Scope.Attr.logService.name(), new NoOpLogService());
      scope.put(Scope.Attr.ui.name(), new LoggerUIService());
      return Scope.child(scope, () -> question(accessor, question));
    } catch (StackOverflowError e) {
      throw new LiquibaseFailure(settings).circular();
    } catch (Exception e) {
      throw new LiquibaseFailure(settings).of(e);
    }
  }

  private <T> T question(ResourceAccessor accessor, Function<Parsed, T> question) throws Exception {
    Database database = database(accessor);
    ChangelogProperties values = new ChangelogProperties(database);
    properties = values;
    if (database == null) {
      values.setDatabase(settings.dbms());
    }
    settings.parameters().forEach(values::set);
    values.setContexts(contexts());
    values.setLabels(labels());
    Map<String, Object> scope = new HashMap<>();
    if (database != null) {
      scope.put(Scope.Attr.database.name(), database);
    }
    return Scope.child(
        scope,
        () ->
            question.apply(
                new Parsed(
                    ChangeLogParserFactory.getInstance()
                        .getParser(settings.changelog(), accessor)
                        .parse(settings.changelog(), values, accessor),
                    database,
                    values)));
  }

  /** Returns the properties read last, even if the changelog could not be read completely. */
  Optional<ChangelogProperties> properties() {
    return Optional.ofNullable(properties);
  }

  Contexts contexts() {
    return new Contexts(Objects.requireNonNullElse(settings.contexts(), ""));
  }

  LabelExpression labels() {
    return new LabelExpression(Objects.requireNonNullElse(settings.labels(), ""));
  }

  /**
   * A class path without Liquibase is used for files only; without this, Liquibase would not find
   * its own classes.
   */
  private static ClassLoader classes(ClassLoader loader) {
    ClassLoader own = Scope.class.getClassLoader();
    try {
      return loader.loadClass(Scope.class.getName()) == Scope.class ? loader : own;
    } catch (ClassNotFoundException e) {
      return own;
    }
  }

  /** Creates a new instance, because those of the factory are shared in the whole JVM. */
  private @Nullable Database database(ResourceAccessor accessor)
      throws ReflectiveOperationException, LiquibaseException {
    String dbms = settings.dbms();
    Database known = dbms == null ? null : DatabaseFactory.getInstance().getDatabase(dbms);
    if (known == null) {
      return null;
    }
    Database database = known.getClass().getConstructor().newInstance();
    database.setConnection(new OfflineConnection("offline:" + dbms, accessor));
    if (settings.schema() != null && database.supports(Schema.class)) {
      database.setDefaultSchemaName(settings.schema());
    } else if (settings.schema() != null) {
      database.setDefaultCatalogName(settings.schema());
    }
    return database;
  }

  private ResourceAccessor accessor() throws FileNotFoundException {
    CompositeResourceAccessor all = new BoundedYaml();
    if (settings.searchPath().isEmpty()) {
      all.addResourceAccessor(new ClassLoaderResourceAccessor(settings.loader()));
    }
    for (Path directory : settings.searchPath()) {
      all.addResourceAccessor(new DirectoryResourceAccessor(directory));
    }
    return all;
  }
}
