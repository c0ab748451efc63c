// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import liquibase.ContextExpression;
import liquibase.Labels;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** The properties of a changelog, which also records how they were defined. Not thread-safe. */
final class ChangelogProperties extends ChangeLogParameters {

  /**
   * A definition that applies to some database products only.
   *
   * @param databases the products as written, including {@code !h2}
   */
  record Definition(String name, @Nullable Object value, List<String> databases) {

    boolean matches(String product) {
      return DbmsList.of(databases).includes(product);
    }
  }

  /** Null while the superclass constructor sets the database's own properties. */
  private final @Nullable List<Definition> byProduct;

  private final @Nullable List<ContextExpression> contexts;

  ChangelogProperties(@Nullable Database database) {
    super(database);
    byProduct = new ArrayList<>();
    contexts = new ArrayList<>();
  }

  @Override
  public void set(
      String key, Object value, ContextExpression filter, Labels labels, String... databases) {
    remember(key, value, filter, databases);
    super.set(key, value, filter, labels, databases);
  }

  @Override
  public void setLocal(
      String key,
      Object value,
      DatabaseChangeLog changelog,
      ContextExpression filter,
      Labels labels,
      String... databases) {
    remember(key, value, filter, databases);
    super.setLocal(key, value, changelog, filter, labels, databases);
  }

  private void remember(
      String key,
      @Nullable Object value,
      @Nullable ContextExpression filter,
      String @Nullable [] databases) {
    if (byProduct != null && databases != null && databases.length > 0) {
      byProduct.add(new Definition(key, value, List.of(databases)));
    }
    if (contexts != null && filter != null) {
      contexts.add(filter);
    }
  }

  /**
   * Returns the definitions that apply to some products only, in the order in which they were read.
   */
  List<Definition> definitionsByProduct() {
    return byProduct == null ? List.of() : byProduct;
  }

  /** Returns the contexts of property definitions. */
  List<ContextExpression> contextsOfProperties() {
    return contexts == null ? List.of() : contexts;
  }

  /** Returns the products that are named in definitions. */
  Set<String> products() {
    Set<String> products = new TreeSet<>();
    for (Definition definition : definitionsByProduct()) {
      for (String database : definition.databases()) {
        String name = database.strip().toLowerCase(Locale.ROOT);
        products.add(name.startsWith("!") ? name.substring(1) : name);
      }
    }
    products.removeAll(Set.of("all", "none", ""));
    return products;
  }
}
