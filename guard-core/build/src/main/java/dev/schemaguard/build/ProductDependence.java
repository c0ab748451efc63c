// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.ChangelogProperties.Definition;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Refuses a changelog whose paths, ids or authors depend on the database product, if no product was
 * named, because no revision chain would be valid for all products.
 *
 * @param names reads the changesets' names with some settings
 */
record ProductDependence(
    LiquibaseSettings settings, Function<LiquibaseSettings, List<String>> names) {

  /** Represents a product that is in no definition, and that the changelog may not support. */
  private static final String ANY_OTHER = "any other";

  void refuse(ChangelogProperties values) {
    List<Definition> open =
        values.definitionsByProduct().stream()
            .filter(definition -> !isGiven(definition.name()))
            .toList();
    List<String> products = List.copyOf(values.products());
    if (open.isEmpty() || products.isEmpty()) {
      return;
    }
    String first = products.get(0);
    Optional<List<String>> expected = read(settings.on(first, null));
    for (String product : products.subList(1, products.size())) {
      requireSame(expected, first, product, open);
    }
    if (read(settings.on(ANY_OTHER, null)).isPresent()) {
      requireSame(expected, first, ANY_OTHER, open);
    }
  }

  private void requireSame(
      Optional<List<String>> expected, String first, String other, List<Definition> open) {
    if (!read(settings.on(other, null)).equals(expected)) {
      throw refusal(causes(expected, first, other, open));
    }
  }

  /** Returns the properties that change a name on their own. */
  private List<Definition> causes(
      Optional<List<String>> expected, String first, String other, List<Definition> open) {
    List<Definition> causes =
        open.stream()
            .filter(definition -> definition.matches(other) || definition.matches(first))
            .filter(definition -> !expected.equals(read(withValue(definition, first, other, open))))
            .toList();
    return causes.isEmpty() ? open : causes;
  }

  /**
   * Returns the settings of one product, with one property set to the value that it has for the
   * other product.
   */
  private LiquibaseSettings withValue(
      Definition definition, String first, String other, List<Definition> open) {
    String value =
        open.stream()
            .filter(same -> same.name().equalsIgnoreCase(definition.name()))
            .filter(same -> same.matches(other))
            .map(same -> String.valueOf(same.value()))
            .findFirst()
            .orElse("${" + definition.name() + "}");
    return settings.withParameter(definition.name(), value).on(first, null);
  }

  /** Returns the names with these settings; empty if the changelog cannot be read with them. */
  private Optional<List<String>> read(LiquibaseSettings other) {
    try {
      return Optional.of(names.apply(other));
    } catch (ConfigurationException e) {
      return Optional.empty();
    }
  }

  private boolean isGiven(String name) {
    return settings.parameters().keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  private ConfigurationException refusal(List<Definition> causes) {
    String name = causes.get(0).name();
    String values =
        causes.stream()
            .map(one -> one.name() + "=" + one.value() + " on " + String.join(",", one.databases()))
            .distinct()
            .collect(Collectors.joining("; "));
    return new ConfigurationException(
        settings.changelog(),
        "the path or id of a changeset depends on a property that is defined by dbms ("
            + values
            + ")",
        "Say for which database the chain is: --dbms "
            + product(causes.get(0))
            + ", in a test .dbms(\""
            + product(causes.get(0))
            + "\"). Or give the property one value: --parameter "
            + name
            + "="
            + causes.get(0).value()
            + ", in a test .parameter(\""
            + name
            + "\", …).");
  }

  private static String product(Definition definition) {
    return definition.databases().get(0).replace("!", "").strip().toLowerCase(Locale.ROOT);
  }
}
